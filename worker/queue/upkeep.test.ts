import pWaitFor from 'p-wait-for';
import { describe, expect, test } from 'vitest';
import { brokerAt } from '../broker/broker.ts';
import { keptMs } from '../settings.ts';
import { useDatabase } from '../testing/database.ts';
import { startRedis, whyNoRedis } from '../testing/redis.ts';
import { startUpkeep } from './upkeep.ts';

const context = useDatabase();
const noRedis = await whyNoRedis();
const deadline = { interval: 20, timeout: 10_000 };

/** What is kept is looked at first, so it is still there for good once the other is gone. */
async function removesOldJobsAlone(brokerUrl: string): Promise<void> {
  const errors: Error[] = [];
  const onError = (error: Error) => void errors.push(error);
  const broker = brokerAt(brokerUrl);
  await using open = broker.openQueue('upkeep', onError);
  const { queue } = open;
  await queue.addBulk([
    { name: 'works', data: {} },
    { name: 'fails', data: {} },
  ]);
  const processor = ({ name }: { name: string }) =>
    name === 'works' ? Promise.resolve() : Promise.reject(new Error('as it should'));
  const { worker } = broker.openWorker('upkeep', processor, {}, onError);
  const count = () => queue.getJobCounts('completed', 'failed');
  await pWaitFor(
    async () => JSON.stringify(await count()) === '{"completed":1,"failed":1}',
    deadline,
  );
  await worker.close();

  using upkeep = startUpkeep(context.database, queue, onError, { kept: { ...keptMs, failed: 0 } });
  expect(upkeep).toBeDefined();
  await pWaitFor(async () => (await count()).failed === 0, deadline);
  expect(await count()).toEqual({ completed: 1, failed: 0 });
  expect(errors).toEqual([]);
}

describe('jobs that finished long ago are removed, others stay', () => {
  test('on PostgreSQL', () => removesOldJobsAlone(context.url));
  test.skipIf(noRedis)(`on Redis${noRedis ? `: ${noRedis}` : ''}`, async () => {
    await using redis = await startRedis();
    await removesOldJobsAlone(redis.url);
  });
});
