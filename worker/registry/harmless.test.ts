import { EventEmitter } from 'node:events';
import path from 'node:path';
import { Queue, type Worker } from 'bullmq';
import { execa } from 'execa';
import { Redis } from 'ioredis';
import pWaitFor from 'p-wait-for';
import { expect, onTestFinished, test } from 'vitest';
import { projectRoot } from '../../catalog/project.ts';
import { closedPort, startRedis, whyNoRedis } from '../testing/redis.ts';
import { announce } from './announce.cjs';
import { workersOf } from './workers-of.ts';

const program = path.join(import.meta.dirname, 'fixtures', 'harmless-program.mjs');
const deadline = { interval: 50, timeout: 30_000 };
const noRedis = await whyNoRedis();

test('what is no worker, and settings that are none, are told and harm nobody', async () => {
  const errors: string[] = [];
  const nothing = {} as unknown as Worker;
  const onError = ({ message }: Error) => void errors.push(message);
  await announce(undefined as never, { onError })();
  await announce(nothing, { onError })();
  await announce(nothing, null as never)();
  expect(errors).toHaveLength(2);
  const bare = Object.assign(new EventEmitter(), { name: 'pumps', toKey: String });
  const stop = announce(bare as unknown as Worker, { onError, beatMs: 1, keepMs: NaN });
  await stop();
  expect(errors.slice(2).join('\n')).toMatch(/expected beatMs of at least 100.*\n.*keepMs/s);
  expect(bare.eventNames()).toEqual([]);
});

test('an announced worker keeps no process running', async () => {
  const text = `
    import { EventEmitter } from 'node:events';
    import { announce } from 'poolproof/worker';
    const client = { status: 'ready', options: { retryStrategy() {}, port: 1 }, defineCommand() {}, runCommand: async () => null };
    const worker = Object.assign(new EventEmitter(), { name: 'pumps', toKey: String, client: Promise.resolve(client) });
    announce(worker, { beatMs: 100 });
    setTimeout(() => console.log('over'), 400);
  `;
  const { stdout } = await execa(process.execPath, ['--input-type=module', '--eval', text], {
    cwd: projectRoot,
    timeout: 20_000,
  });
  expect(stdout).toBe('over');
});

test('a broker that is away, at first and later, harms neither jobs nor the process', async ({
  skip,
}) => {
  if (noRedis !== undefined) skip(noRedis);
  const port = await closedPort();
  const url = `redis://127.0.0.1:${port}`;
  const child = execa(process.execPath, [program, url], { reject: false, all: true });
  onTestFinished(() => void child.kill('SIGKILL'));
  let printed = '';
  child.all.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  await pWaitFor(() => printed.includes('READY'), deadline);
  for (const round of [1, 2]) {
    await using redis = await startRedis(port);
    const connection = new Redis(url);
    connection.on('error', () => undefined);
    const queue = new Queue('pumps', { connection });
    queue.on('error', () => undefined);
    await queue.add('one', {});
    await pWaitFor(async () => (await workersOf(queue)).length === 1, deadline);
    await pWaitFor(() => printed.split('JOB').length - 1 >= round, deadline);
    connection.disconnect();
    await redis.kill();
  }
  child.stdin.write('stop\n');
  await child;
  expect(printed).toMatch(/STOPPED 0 listeners more, in time: true/);
  expect(printed).not.toMatch(/UNHANDLED|UNCAUGHT/);
  expect(child.nodeChildProcess.exitCode).toBe(0);
});
