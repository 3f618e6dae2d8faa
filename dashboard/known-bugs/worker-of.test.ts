import { Queue, Worker } from 'bullmq';
import pWaitFor from 'p-wait-for';
import { expect, test } from 'vitest';
import { announce } from '../../worker/registry/announce.cjs';
import { startRedis, whyNoRedis } from '../../worker/testing/redis.ts';
import { fixedDirectory } from '../queues/directory.ts';
import { registeredWorkers } from './worker-of.ts';

const noRedis = await whyNoRedis();

test('a worker that joined is known by its name, unless another with that name differs', async ({
  skip,
}) => {
  if (noRedis !== undefined) skip(noRedis);
  await using stack = new AsyncDisposableStack();
  const redis = stack.use(await startRedis());
  const connection = { url: redis.url, maxRetriesPerRequest: null };
  const queue = new Queue('lanes', { connection });
  stack.defer(() => queue.close());
  const join = (name: string, useWorkerThreads?: boolean) => {
    const processor = useWorkerThreads
      ? new URL('../../worker/pools/sandboxed-import.ts', import.meta.url)
      : () => Promise.resolve();
    const worker = new Worker('lanes', processor, {
      connection,
      name,
      useWorkerThreads: useWorkerThreads ?? false,
    });
    stack.defer(() => worker.close());
    stack.defer(announce(worker, { beatMs: 100, watch: false }));
  };
  join('alone');
  join('twin');
  join('twin', true);
  const queues = fixedDirectory([queue]);
  const known = (processedBy?: string) =>
    registeredWorkers(queues)({ queue: 'lanes', processedBy });
  await pWaitFor(async () => (await known('alone')) !== undefined, { timeout: 20_000 });
  expect(await known('alone')).toMatchObject({
    platform: process.platform,
    pool: 'solo',
    versions: [{ package: 'bullmq' }, { package: 'node', version: process.versions.node }],
  });
  await pWaitFor(async () => (await known('twin')) === undefined, { timeout: 20_000 });
  expect(await known('nobody')).toBeUndefined();
  expect(await known()).toBeUndefined();
});
