import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import pg from 'pg';
import pWaitFor from 'p-wait-for';
import { describe, expect, onTestFinished, test } from 'vitest';
import { useDatabase } from '../testing/database.ts';
import { makeGate } from '../testing/gate.ts';
import { startEmbeddedPostgres } from '../postgres/embedded.ts';
import { brokerAt } from './broker.ts';

const context = useDatabase();
const deadline = { interval: 50, timeout: 30_000 };

function collect() {
  const errors: Error[] = [];
  return { errors, onError: (error: Error) => void errors.push(error) };
}

describe('a broker that is down at first', () => {
  test('is used by a queue as soon as it is there', async () => {
    await using gate = await makeGate(context.url);
    const { onError } = collect();
    await using open = brokerAt(gate.url).openQueue('late-queue', onError);
    await expect(open.queue.add('early', {})).rejects.toThrow('ECONNREFUSED');
    await expect(open.queue.getJobCounts()).rejects.toThrow('ECONNREFUSED');
    await gate.open();
    await open.queue.add('late', {});
    expect(await open.queue.getJobCounts('waiting')).toEqual({ waiting: 1 });
  });

  test('is used by a worker within seconds', async () => {
    await using gate = await makeGate(context.url);
    const { errors, onError } = collect();
    const done: string[] = [];
    const run = ({ name }: { name: string }) => Promise.resolve(void done.push(name));
    const { worker } = brokerAt(gate.url).openWorker('late-worker', run, {}, onError);
    await pWaitFor(() => errors.length >= 3, deadline);
    await gate.open();
    await using open = brokerAt(context.url).openQueue('late-worker', onError);
    await open.queue.add('late', {});
    await pWaitFor(() => done.length === 1, { interval: 20, timeout: 10_000 });
    await gate.shut();
    await open.queue.add('later', {});
    await pWaitFor(async () => (await open.queue.getWorkersCount()) === 0, deadline);
    await gate.open();
    await pWaitFor(() => done.length === 2, { interval: 20, timeout: 10_000 });
    await worker.close();
  });
});

test('a wrong password is reported now and then, not as fast as the processor goes', async () => {
  const url = new URL(context.url);
  url.password = 'wrong';
  const { errors, onError } = collect();
  const opened = brokerAt(url.href).openWorker('wrong', () => Promise.resolve(), {}, onError);
  const started = performance.now();
  await pWaitFor(() => performance.now() - started > 4000, deadline);
  await opened.abandon();
  expect(errors.length).toBeGreaterThan(1);
  expect(errors.length).toBeLessThan(30);
  expect(errors[0]?.message).toContain('password authentication failed');
});

test('a worker without the right to anything reports it now and then', async () => {
  const admin = new pg.Client(context.url);
  await admin.connect();
  await admin.query(`create role stranger login password 'stranger'`);
  await admin.end();
  const url = new URL(context.url);
  [url.username, url.password] = ['stranger', 'stranger'];
  const { errors, onError } = collect();
  const opened = brokerAt(url.href).openWorker('denied', () => Promise.resolve(), {}, onError);
  const started = performance.now();
  await pWaitFor(() => performance.now() - started > 3000, deadline);
  await opened.abandon();
  expect(errors.length).toBeGreaterThan(0);
  expect(errors.length).toBeLessThan(30);
});

test('a server killed while a worker comes up does not end the worker', async () => {
  await using postgres = await startEmbeddedPostgres();
  const program = path.join(import.meta.dirname, '..', 'testing', 'worker-program.ts');
  for (const afterMs of [0, 40, 120]) {
    const worker = execa(process.execPath, [program, postgres.url], { reject: false, all: true });
    onTestFinished(() => void worker.kill('SIGKILL'));
    let printed = '';
    worker.all.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    await pWaitFor(
      () => printed.includes('READY') || worker.nodeChildProcess.exitCode !== null,
      deadline,
    );
    const ready = performance.now();
    await pWaitFor(() => performance.now() - ready >= afterMs, { interval: 5 });
    const file = path.join(postgres.dir, 'data', 'postmaster.pid');
    const before = await readFile(file, 'utf8');
    process.kill(Number(before.split(/\r?\n/, 1)[0]), 'SIGKILL');
    const isBack = async () => {
      const client = new pg.Client(postgres.url);
      client.on('error', () => undefined);
      try {
        await client.connect();
        return (await readFile(file, 'utf8')) !== before;
      } catch {
        return false;
      } finally {
        await client.end().catch(() => undefined);
      }
    };
    await pWaitFor(isBack, deadline);
    await using open = brokerAt(postgres.url).openQueue('imports', () => undefined);
    await pWaitFor(async () => (await open.queue.getWorkersCount()) === 1, deadline);
    expect([afterMs, worker.nodeChildProcess.exitCode, printed]).toEqual([
      afterMs,
      null,
      'READY\n',
    ]);
    worker.kill('SIGKILL');
    await worker;
    await pWaitFor(async () => (await open.queue.getWorkersCount()) === 0, deadline);
  }
});
