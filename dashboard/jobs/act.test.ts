import { describe, expect, test } from 'vitest';
import { startEmbeddedPostgres } from '../../worker/postgres/embedded.ts';
import { startRedis, whyNoRedis } from '../../worker/testing/redis.ts';
import { startFailingQueues } from '../fixtures/failing-queues.ts';
import { act, type Target } from './act.ts';

const reasons = { redis: await whyNoRedis(), postgres: undefined };
const brokers = { redis: () => startRedis(), postgres: () => startEmbeddedPostgres() };

describe.for(['redis', 'postgres'] as const)('on %s', (kind) => {
  test('what is done twice is done once, and what moved or is gone is told', async ({ skip }) => {
    if (reasons[kind]) skip(reasons[kind]);
    await using broker = await brokers[kind]();
    await using failing = await startFailingQueues(broker.url, ['lanes']);
    const queue = failing.queue('lanes');
    await failing.fail('lanes', 'a', 'b', 'c');
    const targets = (await queue.getFailed()).map((job): Target => ({
      queue: { id: 'lanes', name: 'lanes', queue },
      id: job.id ?? '',
      state: 'failed',
      failedAt: job.finishedOn ?? 0,
    }));
    const [first, second, third] = targets;
    if (!first || !second || !third) throw new Error('expected three failed jobs');
    await queue.pause();

    expect(await act('retry', first)).toMatchObject({ outcome: 'done' });
    expect(await act('retry', first)).toMatchObject({ outcome: 'moved' });
    expect(await act('remove', first)).toMatchObject({ outcome: 'moved' });
    expect(await queue.getJob(first.id)).toBeDefined();

    expect(await act('remove', second)).toMatchObject({ outcome: 'done' });
    expect(await act('remove', second)).toMatchObject({ outcome: 'gone' });
    expect(await act('retry', second)).toMatchObject({ outcome: 'gone' });

    expect(await act('retry', { ...third, failedAt: 1 })).toMatchObject({
      outcome: 'moved',
      says: 'it failed again since it was looked at',
    });
    expect(await act('promote', { ...third, state: 'delayed' })).toMatchObject({
      outcome: 'moved',
      says: 'it is failed by now',
    });

    const { id = '' } = await queue.add('late', {}, { delay: 1_000_000 });
    const delayed: Target = { queue: third.queue, id, state: 'delayed' };
    expect(await act('promote', delayed)).toMatchObject({ outcome: 'done' });
    expect(await act('promote', delayed)).toMatchObject({ outcome: 'moved' });
    expect(await queue.getFailedCount()).toBe(1);
  });
});
