/**
 * What run.mjs consists of: it starts programs, adds jobs, and tells what became of them.
 *
 * The programs run in a fresh copy of actors/, called work/. The broker is that of compose.yaml, or the one
 * that BROKER_URL names.
 */
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { isDeepStrictEqual } from 'node:util';

const usualHost = '127.0.0.1';
const usualPort = '16390';
const onWindows = process.platform === 'win32';
const work = path.join(import.meta.dirname, 'work');
const programs = [];
const amiss = [];
let brokerUrl = '';
let moreEnv = {};

/** Lays out work/, and looks whether the broker is there. */
export async function begin(url, { node = '', env = {} } = {}) {
  const found = process.versions.node;
  if (node !== '' && found !== node && !found.startsWith(`${node}.`)) {
    leave(`expected Node ${node}, got ${found}. Run this file with that one.`);
  }
  brokerUrl = process.env.BROKER_URL ?? url;
  moreEnv = env;
  if (brokerUrl !== '') await lookForBroker();
  rmSync(work, { recursive: true, force: true, maxRetries: 5 });
  cpSync(path.join(import.meta.dirname, 'actors'), work, { recursive: true });
  process.on('exit', () => programs.forEach((program) => program.end()));
  // Nothing was shown then: that is no failure of a job, and has an exit code of its own.
  process.on('uncaughtException', (error) => {
    console.error(error);
    process.exit(2);
  });
  process.on('SIGINT', () => process.exit(130));
  process.on('SIGTERM', () => process.exit(143));
}

function lookForBroker() {
  const { hostname, port } = new URL(brokerUrl);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port), timeout: 5_000 });
    const refuse = (reason) => {
      leave(
        `expected a broker at ${hostname}:${port}, got: ${reason}. Start it: docker compose up -d --wait`,
      );
    };
    socket.once('connect', () => resolve(socket.destroy()));
    socket.once('error', ({ message, code }) => refuse(message || code));
    socket.once('timeout', () => refuse('no answer'));
  });
}

function leave(message) {
  console.error(message);
  process.exit(2);
}

/** A value with the address of the broker that is used, in place of the usual one. */
function here(value) {
  if (brokerUrl === '') return value;
  const { hostname, port } = new URL(brokerUrl);
  if (hostname === usualHost && port === usualPort) return value;
  return value.replaceAll(usualPort, port).replaceAll(usualHost, hostname);
}

/** How ioredis is told: BullMQ before 5 knows no URL. */
export function connectionOf(url = brokerUrl) {
  const { protocol, hostname, port, username, password, pathname } = new URL(url);
  return {
    host: hostname,
    port: Number(port),
    ...(username !== '' && { username: decodeURIComponent(username) }),
    ...(password !== '' && { password: decodeURIComponent(password) }),
    ...(pathname.length > 1 && { db: Number(pathname.slice(1)) }),
    ...(protocol === 'rediss:' && { tls: {} }),
    maxRetriesPerRequest: null,
  };
}

/** A started program. What it prints is printed, with its name in front. */
class Program {
  constructor(name, args, env) {
    this.name = name;
    this.lines = [];
    this.dismissed = false;
    this.exit = undefined;
    const own =
      brokerUrl === ''
        ? {}
        : { BROKER_URL: brokerUrl, BROKER_CONNECTION: JSON.stringify(connectionOf()) };
    const more = Object.entries({ ...moreEnv, ...env }).map(([key, value]) => [key, here(value)]);
    this.child = spawn(process.execPath, args.map(here), {
      cwd: work,
      env: { ...process.env, ...own, ...Object.fromEntries(more) },
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: !onWindows,
    });
    this.child.stdin.on('error', () => undefined);
    for (const stream of [this.child.stdout, this.child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        this.lines.push(line);
        console.log(`${name} | ${line}`);
      });
    }
    this.child.once('close', () => (this.drained = true));
    this.child.once('exit', (code, signal) => (this.exit = { code, signal }));
  }

  count(text) {
    return this.lines.filter((line) =>
      typeof text === 'string' ? line.includes(text) : text.test(line),
    ).length;
  }

  /** Waits until so many lines show a text, or it has ended. */
  says(text, { within = 20, times = 1 } = {}) {
    return wait(() => this.count(text) >= times || this.drained, within);
  }

  ends(within = 20) {
    return wait(() => this.drained, within);
  }

  tell(line) {
    this.child.stdin.write(`${line}\n`);
  }

  signal(name) {
    this.dismissed ||= this.exit === undefined;
    this.child.kill(name);
  }

  async stop() {
    if (this.exit === undefined && !onWindows) {
      this.dismissed = true;
      this.child.kill('SIGTERM');
      await wait(() => this.exit !== undefined, 10);
    }
    await this.kill();
  }

  async kill() {
    this.end();
    await wait(() => this.exit !== undefined, 10);
  }

  /** Ends it with all that it started, at once. */
  end() {
    this.dismissed ||= this.exit === undefined;
    try {
      if (!onWindows) process.kill(-this.child.pid, 'SIGKILL');
      else if (this.exit === undefined) {
        execFileSync('taskkill', ['/T', '/F', '/PID', `${this.child.pid}`], { stdio: 'ignore' });
      }
    } catch {
      // It has ended by itself.
    }
  }
}

export function start(name, args, env = {}) {
  const program = new Program(name, args, env);
  programs.push(program);
  return program;
}

export function anySays(of, text, { within = 20, times = 1 } = {}) {
  const found = () => of.reduce((sum, one) => sum + one.count(text), 0) >= times;
  return wait(() => found() || of.every(({ drained }) => drained), within);
}

export async function wait(condition, within) {
  const end = performance.now() + within * 1_000;
  while (!condition()) {
    if (performance.now() > end) return false;
    await sleep(0.05);
  }
  return true;
}

export function sleep(seconds) {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
}

export function flag(name) {
  writeFileSync(path.join(work, name), '');
}

/** Sends the broker a command. */
export async function redisCommand(...words) {
  const { Redis } = await import('ioredis');
  const redis = new Redis(connectionOf());
  try {
    await redis.call(...words);
  } catch (error) {
    console.log(`run | ${words.join(' ')} was refused: ${error.message}`);
  }
  redis.disconnect();
}

function splitName(name) {
  const dot = name.indexOf('.');
  return [name.slice(0, dot), name.slice(dot + 1)];
}

function settingsOf(client) {
  const connection = JSON.parse(here(JSON.stringify(client.connection ?? {})));
  return { ...client, connection: { ...connectionOf(), ...connection } };
}

/** Adds a job, and returns what `settled` takes. */
export async function add(name, data, { options = {}, client = {}, within = 20 } = {}) {
  const [queueName, jobName] = splitName(name);
  const { Queue } = await import('bullmq');
  let queue;
  const { scheduler, ...opts } = options;
  const send = async () => {
    queue = new Queue(queueName, settingsOf(client));
    queue.on('error', () => undefined);
    if (scheduler === undefined) return queue.add(jobName, data, opts);
    const { id, ...repeat } = scheduler;
    return queue.upsertJobScheduler(id, repeat, { name: jobName, data, opts });
  };
  const late = sleep(within).then(() => {
    throw new Error(`the broker had not taken it within ${within} s`);
  });
  late.catch(() => undefined);
  try {
    return { name, client, queueName, job: await Promise.race([send(), late]) };
  } catch (error) {
    note(`${name} was not added: ${error.name}: ${error.message}`);
    return undefined;
  }
}

/** Waits for the result of a job, and notes what is amiss with it. */
export async function settled(sent, { expect, within = 20 }) {
  if (sent === undefined) return;
  const { name, client, queueName, job } = sent;
  const { QueueEvents } = await import('bullmq');
  // From the first event on: the job may be over before this begins to listen.
  const events = new QueueEvents(queueName, { ...settingsOf(client), lastEventId: '0' });
  events.on('error', () => undefined);
  try {
    judge(name, await job.waitUntilFinished(events, within * 1_000), expect);
  } catch (error) {
    if ((await job.getState()) !== 'failed') {
      note(`${name} has not been done within ${within} s: ${error.message}`);
      return;
    }
    note(`${name} failed: ${error.message}`);
    // The worker may tell of it later than the client hears of it.
    await anySays(programs, /^Job failed/, { within: 3 });
  }
}

export async function submit(name, data, { expect, within = 20, ...how }) {
  await settled(await add(name, data, { within, ...how }), { expect, within });
}

/** Waits for the line of JSON in which a program tells the fate of its job. */
export async function answer(program, what, { expect, within = 20 }) {
  await wait(() => program.count('"state"') > 0 || program.drained, within);
  const told = program.lines.findLast((line) => line.startsWith('{') && line.includes('"state"'));
  await program.stop();
  if (told === undefined) return note(`${what} gave no answer within ${within} s`);
  const { state, result, error = '' } = JSON.parse(told);
  if (state === 'completed') return judge(what, result, expect);
  note(`${what} ${state === 'failed' ? 'failed' : 'has not been done'}: ${error}`);
}

function judge(what, result, expect) {
  const shown = JSON.stringify(result);
  if (isDeepStrictEqual(result ?? null, expect)) console.log(`run | ${what} returned ${shown}`);
  else note(`${what} returned ${shown}, not ${JSON.stringify(expect)}`);
}

function note(text) {
  amiss.push(text);
  console.log(`run | ${text}`);
}

/** Stops everything, and exits with 1 if something was amiss. */
export async function finish() {
  for (const { name, exit, dismissed } of programs) {
    if (exit === undefined || dismissed || (exit.code === 0 && exit.signal === null)) continue;
    note(`${name} ended by itself with ${exit.signal ?? exit.code}`);
  }
  for (const program of programs.toReversed()) await program.stop();
  const end = amiss.length > 0 ? ['This went wrong:', ...amiss] : ['Everything went as it should.'];
  console.log(['', ...end].join('\n'));
  process.exit(amiss.length > 0 ? 1 : 0);
}
