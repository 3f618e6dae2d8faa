import path from 'node:path';
import { execa } from 'execa';
import { createPostgresBackend, Queue, withBackend } from 'bullmq';
import pWaitFor from 'p-wait-for';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '../../catalog/project.ts';
import { startEmbeddedPostgres } from '../postgres/embedded.ts';
import { startRedis, whyNoRedis } from '../testing/redis.ts';
import type { SeenWorker } from './workers-of.ts';
import { sendCommand, workersOf } from './workers-of.ts';

const program = path.join(import.meta.dirname, 'fixtures', 'worker-program.mjs');
const deadline = { interval: 50, timeout: 30_000 };
const noRedis = await whyNoRedis();

interface Place extends AsyncDisposable {
  readonly url: string;
  readonly queue: Queue;
}

async function onRedis(): Promise<Place> {
  await using stack = new AsyncDisposableStack();
  const redis = stack.use(await startRedis());
  const queue = new Queue('{pumps}', { connection: { url: redis.url } });
  stack.defer(() => queue.close());
  const resources = stack.move();
  return { url: redis.url, queue, [Symbol.asyncDispose]: () => resources.disposeAsync() };
}

async function onPostgres(): Promise<Place> {
  await using stack = new AsyncDisposableStack();
  const { url } = stack.use(await startEmbeddedPostgres());
  const Postgres = withBackend(createPostgresBackend);
  const queue = new Postgres.Queue('{pumps}', {
    connection: { connectionString: url, migrate: true },
  }) as unknown as Queue;
  stack.defer(() => queue.close());
  await queue.waitUntilReady();
  const resources = stack.move();
  return { url, queue, [Symbol.asyncDispose]: () => resources.disposeAsync() };
}

function startWorker({ url, queue }: Place) {
  const child = execa(process.execPath, [program, url, queue.name], { reject: false, all: true });
  return {
    child,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await child;
    },
  };
}

/** Waits until the one worker of the queue is as wanted. */
async function until(queue: Queue, wanted: (worker: SeenWorker) => boolean): Promise<SeenWorker> {
  let last: SeenWorker | undefined;
  await pWaitFor(async () => {
    [last] = await workersOf(queue);
    return last !== undefined && wanted(last);
  }, deadline).catch((error: unknown) => {
    throw new Error(`last seen: ${JSON.stringify(last)}`, { cause: error });
  });
  if (!last) throw new Error('no worker');
  return last;
}

describe.for([
  { name: 'Redis', open: onRedis, without: noRedis },
  { name: 'embedded PostgreSQL', open: onPostgres, without: undefined },
])('a worker on $name', ({ open, without }) => {
  test('tells what it is, and leaves when it is closed', async ({ skip }) => {
    if (without !== undefined) skip(without);
    await using place = await open();
    await using worker = startWorker(place);
    const { record, agoMs } = await until(place.queue, () => true);
    expect(record).toMatchObject({
      queue: '{pumps}',
      name: 'fixture',
      pid: worker.child.pid,
      platform: process.platform,
      pool: 'solo',
      concurrency: 1,
      state: 'running',
      engine: '6.7.0',
      node: process.versions.node,
      cancels: true,
      blockedMs: 0,
    });
    expect(record.rssBytes).toBeGreaterThan(10_000_000);
    expect(agoMs).toBeLessThan(5000);
    worker.child.stdin.write('close\n');
    await worker.child;
    expect(await workersOf(place.queue)).toEqual([]);
  });

  test('is told to pause, to resume, to cancel a job and to stop, once each', async ({ skip }) => {
    if (without !== undefined) skip(without);
    await using place = await open();
    const { queue } = place;
    await using _worker = startWorker(place);
    const { id } = (await until(queue, () => true)).record;
    const ask = async (command: Parameters<typeof sendCommand>[2]) => {
      const command_ = await sendCommand(queue, id, command);
      const { record } = await until(queue, ({ record }) =>
        record.commands.some((one) => one.id === command_),
      );
      return { record, answer: record.commands[0] };
    };
    expect((await ask({ action: 'pause' })).record.state).toBe('paused');
    const job = await queue.add('wait', {});
    expect((await ask({ action: 'cancel', job: 'nobody' })).answer).toMatchObject({ done: false });
    expect((await ask({ action: 'resume' })).record.state).toBe('running');
    const busy = await until(queue, ({ record }) => record.busy === 1);
    expect(busy.record.jobs).toMatchObject([{ id: job.id, name: 'wait' }]);
    const { answer } = await ask({ action: 'cancel', job: String(job.id) });
    expect(answer).toMatchObject({ action: 'cancel', job: job.id, done: true });
    await pWaitFor(async () => (await job.getState()) === 'failed', deadline);
    await until(queue, ({ record }) => record.counts.failed === 1 && record.busy === 0);
    expect(await sendCommand(queue, id, { action: 'stop' })).toBeDefined();
    await pWaitFor(async () => (await workersOf(queue)).length === 0, deadline);
  });

  test('a command that nobody takes expires, and only one waits', async ({ skip }) => {
    if (without !== undefined) skip(without);
    await using place = await open();
    const { queue } = place;
    await using worker = startWorker(place);
    const { id } = (await until(queue, () => true)).record;
    worker.child.kill('SIGKILL');
    await worker.child;
    expect(await sendCommand(queue, id, { action: 'pause' }, 300)).toBeDefined();
    expect(await sendCommand(queue, id, { action: 'resume' })).toBeUndefined();
    await pWaitFor(
      async () => (await sendCommand(queue, id, { action: 'resume' })) !== undefined,
      deadline,
    );
  });

  test('a blocked event loop is told from a dead process', async ({ skip }) => {
    if (without !== undefined) skip(without);
    await using place = await open();
    const { queue } = place;
    await using worker = startWorker(place);
    await until(queue, () => true);
    await queue.add('block', { ms: 6000 });
    const blocked = await until(queue, ({ record }) => record.blockedMs > 2000);
    expect(blocked.record).toMatchObject({ busy: 1, state: 'running' });
    expect(blocked.agoMs).toBeLessThan(2500);
    const after = await until(queue, ({ record }) => record.blockedMs === 0);
    expect(after.record.pid).toBe(worker.child.pid);
    await until(queue, ({ record }) => record.counts.completed === 1);
    worker.child.kill('SIGKILL');
    const dead = await until(queue, ({ agoMs }) => agoMs > 2000);
    expect(dead.record.blockedMs).toBe(0);
  });
});

// Node 20 is what the package promises: it knows no types.
const folders = (process.env.PATH ?? '').split(path.delimiter);
const nodes = [process.execPath, ...folders.map((folder) => path.join(folder, 'node'))];

test.for([
  {
    kind: 'import',
    type: 'module',
    text: `import { announce } from 'poolproof/worker'; console.log(typeof announce)`,
  },
  {
    kind: 'require',
    type: 'commonjs',
    text: `const { announce } = require('poolproof/worker'); console.log(typeof announce)`,
  },
])('$kind works in every Node that is here', async ({ type, text }) => {
  const found: string[] = [];
  for (const node of nodes) {
    const version = await execa(node, ['--version'], { reject: false });
    if (version.failed || found.includes(version.stdout)) continue;
    found.push(version.stdout);
    const { stdout } = await execa(node, [`--input-type=${type}`, '--eval', text], {
      cwd: projectRoot,
    });
    expect([version.stdout, stdout]).toEqual([version.stdout, 'function']);
  }
  expect(found.length).toBeGreaterThan(0);
});
