import { describe, expect, test } from 'vitest';
import { startEmbeddedPostgres } from '../../worker/postgres/embedded.ts';
import { startRedis, whyNoRedis } from '../../worker/testing/redis.ts';
import { createMasks } from '../access/masks.ts';
import { startFailingQueues, type FailingQueues } from '../fixtures/failing-queues.ts';
import type { Told } from '../jobs/act-on-all.ts';
import { foundShape } from './shapes.ts';

const reasons = { redis: await whyNoRedis(), postgres: undefined };
const brokers = { redis: () => startRedis(), postgres: () => startEmbeddedPostgres() };

async function find({ url }: FailingQueues, query: string) {
  const response = await fetch(`${url}/ops/api/search?${query}`);
  const answer: unknown = await response.json();
  expect([response.status, answer]).toMatchObject([200, {}]);
  const found = foundShape.parse(answer);
  return { ...found, names: found.jobs.map(({ name, job }) => `${name} ${job}`).sort() };
}

async function act({ url }: FailingQueues, action: string, body: unknown) {
  const response = await fetch(`${url}/ops/api/search/${action}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) return { status: response.status, text };
  return { status: 200, last: JSON.parse(text.trim().split(/\r?\n/).at(-1) ?? '') as Told };
}

describe.for(['redis', 'postgres'] as const)('on %s', (kind) => {
  test('jobs are found by what is known of them, and what matches is acted on', async ({
    skip,
  }) => {
    if (reasons[kind]) skip(reasons[kind]);
    await using broker = await brokers[kind]();
    await using failing = await startFailingQueues(broker.url, ['lanes', 'pumps'], {
      masks: createMasks(['data.secret']),
    });
    const lanes = failing.queue('lanes');
    await failing.fail('lanes', 'one', 'two');
    await failing.fail('pumps', 'three');
    const delay = 10_000_000;
    await lanes.addBulk([
      { name: 'late', data: { user: { id: 7 }, secret: 'x1' }, opts: { delay, jobId: 'late-1' } },
      { name: 'late', data: { user: { id: 8 } }, opts: { delay, jobId: 'late-2' } },
      { name: 'later', data: [[['deep']]], opts: { delay, jobId: 'late-3' } },
      { name: 'large', data: { x: 'y'.repeat(200_000) }, opts: { delay, jobId: 'large' } },
    ]);

    expect(await find(failing, '')).toMatchObject({
      matched: 7,
      lookedAt: 7,
      total: 7,
      queues: [],
    });
    expect((await find(failing, 'state=failed')).matched).toBe(3);
    expect((await find(failing, 'state=failed&queue=lanes')).matched).toBe(2);
    expect((await find(failing, 'id=late-1,late-3,nothing')).names).toEqual([
      'late late-1',
      'later late-3',
    ]);
    expect((await find(failing, 'name=late*')).matched).toBe(3);
    expect((await find(failing, 'since=1h&state=delayed')).matched).toBe(4);
    expect((await find(failing, 'until=1h')).matched).toBe(0);
    const byData = await find(failing, 'where=user.id%20%3E%207&where=user.id%20exists');
    expect(byData.names).toEqual(['late late-2']);
    expect(byData.jobs[0]?.fields[0]).toEqual({ path: 'user.id', value: '8' });
    expect((await find(failing, 'where=message%20~%20t')).matched).toBe(2);
    expect((await find(failing, 'where=x%20exists')).tooLong).toBe(1);
    // What is masked cannot be searched for.
    expect((await find(failing, 'where=secret%20%3D%20x1')).matched).toBe(0);
    expect((await find(failing, 'look=1&state=delayed&queue=lanes')).queues).toMatchObject([
      { title: 'lanes', lookedAt: 1, total: 4 },
    ]);

    const at = Date.now();
    const query = 'name=late*';
    expect(await act(failing, 'promote', { query, expected: 2, before: at })).toMatchObject({
      status: 409,
      text: expect.stringContaining('got 3') as string,
    });
    failing.repair();
    expect(await act(failing, 'promote', { query, expected: 3, before: at })).toMatchObject({
      last: { tells: 'end', done: 3 },
    });
    expect(
      await act(failing, 'retry', { query: 'queue=lanes', expected: 2, before: at }),
    ).toMatchObject({ last: { done: 2 } });
    await expect.poll(() => lanes.getCompletedCount(), { timeout: 20_000 }).toBe(5);
    expect(
      await act(failing, 'remove', { query: 'state=failed', expected: 1, before: at }),
    ).toMatchObject({ last: { done: 1 } });
    expect(await failing.queue('pumps').getFailedCount()).toBe(0);
  });

  test('a filter that is wrong, or wants to be more than a filter, is refused', async ({
    skip,
  }) => {
    if (reasons[kind]) skip(reasons[kind]);
    await using broker = await brokers[kind]();
    await using failing = await startFailingQueues(broker.url, ['lanes']);
    await failing.fail('lanes', 'one');
    for (const query of [
      'state=failed%27%20or%201=1--',
      'where=a',
      'since=now()',
      'look=-1',
      'queue=nowhere',
      'state[]=failed',
      '__proto__=1',
    ]) {
      const response = await fetch(`${failing.url}/ops/api/search?${query}`);
      const answer = (await response.json()) as { detail: string };
      expect([query, response.status]).toEqual([query, 400]);
      expect(answer.detail).toMatch(/expected|Unrecognized|Invalid/i);
    }
    // What reaches the broker reaches it as a value.
    for (const id of [`1' or '1'='1`, '*', 'failed', '../x', 'a\0b', '{}']) {
      const query = new URLSearchParams({ id }).toString();
      const response = await fetch(`${failing.url}/ops/api/search?${query}`);
      expect([id, response.status]).toEqual([id, 200]);
      expect(await response.json()).toMatchObject({ matched: 0 });
    }
    expect(await failing.queue('lanes').getFailedCount()).toBe(1);
  });
});

test('data that is no JSON is told of, and hides nothing else', async ({ skip }) => {
  if (reasons.redis) skip(reasons.redis);
  await using redis = await startRedis();
  await using failing = await startFailingQueues(redis.url, ['lanes']);
  await failing.fail('lanes', 'one', 'two');
  const queue = failing.queue('lanes');
  const [job] = await queue.getFailed();
  await redis.client.hset(queue.toKey(job?.id ?? ''), 'data', '{broken');
  expect(await find(failing, 'where=message%20exists')).toMatchObject({
    matched: 1,
    unreadable: 1,
  });
});
