import path from 'node:path';
import { createInterface } from 'node:readline';
import { execa, type ResultPromise } from 'execa';
import pg from 'pg';
import waitFor from 'p-wait-for';
import { brokerAt } from '../../worker/broker/broker.ts';
import { readFile } from 'node:fs/promises';
import { makeGate, type Gate } from '../../worker/testing/gate.ts';
import { closedPort, startRedis, type RedisServer } from '../../worker/testing/redis.ts';
import type { WorkerPool } from '../../worker/pools/choose-pool.ts';

export type BrokerName = 'redis' | 'postgres';

export interface SystemOptions {
  readonly broker: BrokerName;
  readonly pool: WorkerPool;
  /** Where the database lies. */
  readonly dataDir: string;
}

const here = import.meta.dirname;
const poolproof = path.join(here, '..', '..', 'cli', 'poolproof.mjs');
/** How much of what a program printed is told when it ends by itself. */
const lastLines = 12;
const upDeadline = { interval: 20, timeout: 60_000 };

type Child = ResultPromise<{ reject: false; all: true }>;

/** Starts a program of ours. */
function run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Child {
  return execa(process.execPath, args, {
    env,
    reject: false,
    all: true,
    // Execa would kill what takes longer than five seconds to stop.
    forceKillAfterDelay: false,
  }) as unknown as Child;
}

/** A program of the system, which can be killed and started again. */
class Program {
  /** How it ended without being asked to, and its last lines, each time. */
  readonly accidents: string[] = [];
  #child: Child | undefined;
  readonly #start: () => Child;
  readonly #sign: string;

  constructor(start: () => Child, sign: string) {
    this.#start = start;
    this.#sign = sign;
  }

  /** Undefined where it does not run. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Stops it for a while, or lets it go on. Not on Windows. */
  send(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#child?.kill(signal);
  }

  /** Starts it, and waits until it says that it is ready. @returns the line that says so. */
  async start(): Promise<string> {
    const child = this.#start();
    this.#child = child;
    const lines: string[] = [];
    const reader = createInterface({ input: child.all });
    const line = Promise.withResolvers<string>();
    reader.on('line', (text) => {
      lines.push(text);
      if (text.includes(this.#sign)) line.resolve(text);
    });
    reader.on('close', () => {
      line.reject(new Error(`Expected "${this.#sign}", got:\n${lines.join('\n')}`));
    });
    void child.then(({ exitCode, signal }) => {
      if (this.#child !== child) return;
      this.#child = undefined;
      const how = signal ?? `exit code ${exitCode ?? 'unknown'}`;
      this.accidents.push([`ended by itself: ${how}`, ...lines.slice(-lastLines)].join('\n    '));
    });
    return line.promise;
  }

  /** Starts it again if it ended by itself. */
  async ensure(): Promise<void> {
    if (!this.#child) await this.start();
  }

  /** @returns how it ended. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child;
    if (!child) return;
    this.#child = undefined;
    child.kill(signal);
    await child;
  }
}

/** Worker processes, API, broker and database, each a process of its own. */
export interface System extends AsyncDisposable {
  readonly options: SystemOptions;
  readonly apiUrl: string;
  readonly api: Program;
  readonly workers: readonly [Program, Program];
  /** The way of API and workers to the database. */
  readonly gate: Gate;
  /** A connection to the database beside the gate. */
  readonly query: <Row>(sql: string, values?: unknown[]) => Promise<Row[]>;
  readonly killDatabase: () => Promise<void>;
  /** Kills the broker, and starts it again with nothing in it; PostgreSQL keeps what it has. */
  readonly restartBroker: () => Promise<void>;
  /** Throws away every job. @returns how many were to be run. */
  readonly forgetJobs: () => Promise<number>;
  /** Fails every job that waits, as BullMQ does with one that stalled too often. @returns how many. */
  readonly failJobs: () => Promise<number>;
}

/** Starts a system, and waits until it works. */
export async function startSystem(options: SystemOptions): Promise<System> {
  await using stack = new AsyncDisposableStack();
  const database = new Program(
    () => run([path.join(here, 'programs', 'database.ts'), options.dataDir]),
    '"url"',
  );
  stack.defer(() => database.end('SIGKILL'));
  const { url, dir } = JSON.parse(await database.start()) as { url: string; dir: string };
  const gate = stack.use(await makeGate(url));
  await gate.open();

  let redis: RedisServer | undefined;
  const redisPort = await closedPort();
  if (options.broker === 'redis') redis = await startRedis(redisPort);
  stack.defer(async () => redis?.[Symbol.asyncDispose]());
  const brokerUrl = redis?.url ?? gate.url;

  const pool = new pg.Pool({ connectionString: url, max: 2 });
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  stack.defer(() => pool.end());

  const env = { DATABASE_URL: gate.url, BROKER_URL: brokerUrl };
  const port = await closedPort();
  const api = new Program(
    () => run([path.join(here, 'programs', 'api.ts'), String(port)], env),
    'READY',
  );
  const args = ['worker', '--broker', brokerUrl, '--pool', options.pool, '--concurrency', '2'];
  const worker = () => new Program(() => run([poolproof, ...args], env), 'ready: pool');
  const workers = [worker(), worker()] as const;
  for (const program of [api, ...workers]) {
    stack.defer(() => program.end('SIGKILL'));
    await program.start();
  }
  const { queue } = stack.use(brokerAt(redis?.url ?? url).openQueue('imports', () => undefined));

  const killDatabase = async () => {
    const file = path.join(dir, 'data', 'postmaster.pid');
    const before = await readFile(file, 'utf8');
    process.kill(Number(before.split(/\r?\n/, 1)[0]), 'SIGKILL');
    const isBack = () => pool.query('select 1').then(Boolean, () => false);
    await waitFor(async () => !(await isBack()), upDeadline).catch(() => undefined);
    await waitFor(isBack, upDeadline);
  };
  const resources = stack.move();
  return {
    options,
    apiUrl: `http://127.0.0.1:${port}`,
    api,
    workers,
    gate,
    query: async <Row>(sql: string, values?: unknown[]) =>
      (await pool.query(sql, values)).rows as Row[],
    killDatabase,
    restartBroker: async () => {
      if (!redis) return killDatabase();
      await redis[Symbol.asyncDispose]();
      redis = await startRedis(redisPort);
    },
    forgetJobs: async () => {
      const lost = await queue.getJobCountByTypes('waiting', 'delayed', 'active');
      if (redis) await redis.client.flushall();
      else await pool.query('delete from poolproof_queue.job');
      return lost;
    },
    failJobs: async () => {
      const fail = () => Promise.reject(new Error('job stalled more than allowable limit'));
      const opened = brokerAt(redis?.url ?? url).openWorker(
        'imports',
        fail,
        { concurrency: 10 },
        () => undefined,
      );
      let failed = 0;
      opened.worker.on('failed', () => failed++);
      const areNone = async () => (await queue.getJobCountByTypes('waiting', 'delayed')) === 0;
      await waitFor(areNone, upDeadline);
      await opened.worker.close();
      return failed;
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}
