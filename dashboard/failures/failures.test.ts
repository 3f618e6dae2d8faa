import { describe, expect, test } from 'vitest';
import { startEmbeddedPostgres } from '../../worker/postgres/embedded.ts';
import { startRedis, whyNoRedis } from '../../worker/testing/redis.ts';
import { openAccess, type AuditEntry } from '../access/access.ts';
import type { Person } from '../access/person.ts';
import { startFailingQueues, type FailingQueues } from '../fixtures/failing-queues.ts';
import type { Told } from '../jobs/act-on-all.ts';
import { groupShape, jobShape, listShape } from './shapes.ts';

const reasons = { redis: await whyNoRedis(), postgres: undefined };
const brokers = { redis: () => startRedis(), postgres: () => startEmbeddedPostgres() };
const kinds = ['redis', 'postgres'] as const;

async function list({ url }: FailingQueues) {
  return listShape.parse(await (await fetch(`${url}/ops/api/failures`)).json());
}

async function write({ url }: FailingQueues, path: string, body: unknown) {
  const response = await fetch(`${url}/ops/api/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) return { status: response.status, text, told: [] };
  const told = text
    .trim()
    .split(/\r?\n/)
    .map((line) => JSON.parse(line) as Told);
  return { status: response.status, text, told };
}

describe.for(kinds)('on %s', (kind) => {
  test('jobs that failed alike are one group, over all queues', async ({ skip }) => {
    if (reasons[kind]) skip(reasons[kind]);
    await using broker = await brokers[kind]();
    await using failing = await startFailingQueues(broker.url, ['lanes', 'pumps']);
    await failing.fail('lanes', 'The pump lost lane 7', 'The pump lost lane 8', 'The roof leaks');
    await failing.fail('pumps', 'The pump lost lane 9');
    const { groups, ...whole } = await list(failing);
    expect(whole).toMatchObject({ lookedAt: 4, failed: 4, perQueue: 1000, problems: [] });
    expect(groups).toMatchObject([
      {
        message: 'The pump lost lane <number>',
        frame: { text: 'pump (src/pump.js:7)', own: true },
        count: 3,
        queues: [
          { title: 'lanes', count: 2 },
          { title: 'pumps', count: 1 },
        ],
        known: { bug: 'BUG-900', title: 'The pump loses lanes', level: 'likely' },
        trend: { lastHour: 3, hourBefore: 0, is: 'new' },
      },
      { message: 'The roof leaks', count: 1, known: null },
    ]);
  });

  test('a group tells its samples, the fix and the verdict, or what would be reported', async ({
    skip,
  }) => {
    if (reasons[kind]) skip(reasons[kind]);
    await using broker = await brokers[kind]();
    await using failing = await startFailingQueues(broker.url, ['lanes'], {
      workerOf: ({ processedBy }) =>
        Promise.resolve(processedBy === 'lanes-worker' ? { platform: 'win32' } : undefined),
    });
    await failing.fail(
      'lanes',
      'The pump lost lane 7',
      'The roof leaks at redis://:hunter2@lane:1',
    );
    const { groups } = await list(failing);
    const details = await Promise.all(
      groups.map(async ({ id }) =>
        groupShape.parse(
          await (await fetch(`${failing.url}/ops/api/failures/groups/${id}`)).json(),
        ),
      ),
    );
    const known = details.find(({ message }) => message.includes('pump'));
    expect(known).toMatchObject({
      samples: [{ name: 'pump', worker: 'lanes-worker', message: 'The pump lost lane 7' }],
      failure: {
        bugs: [{ bug: 'BUG-900', fix: 'Restart the pump.', code: 'pump restart' }],
        verdicts: [{ bug: 'BUG-900', status: 'not run' }],
        report: null,
      },
    });
    const unknown = details.find(({ message }) => message.includes('roof'));
    expect(unknown?.failure).toMatchObject({
      bugs: [],
      report: { message: 'The roof leaks at redis://[host]:1' },
    });
    expect(unknown?.failure.report?.log).not.toContain('hunter2');
    const { queue = '', job = '' } = known?.samples[0] ?? {};
    const one = await fetch(`${failing.url}/ops/api/queues/${queue}/failures/${job}`);
    expect(jobShape.parse(await one.json())).toMatchObject({
      queueTitle: 'lanes',
      job,
      failure: { bugs: [{ bug: 'BUG-900' }] },
    });
  });

  test('a group is retried with the result of each job, once; later failures stay', async ({
    skip,
  }) => {
    if (reasons[kind]) skip(reasons[kind]);
    await using broker = await brokers[kind]();
    const audited: AuditEntry[] = [];
    const access = openAccess((entry) => Promise.resolve(void audited.push(entry)));
    await using failing = await startFailingQueues(broker.url, ['lanes'], { access });
    const queue = failing.queue('lanes');
    await failing.fail('lanes', 'The pump lost lane 1', 'The pump lost lane 2');
    const seen = await list(failing);
    const [group] = seen.groups;
    // What fails after the page looked is left alone.
    await failing.fail('lanes', 'The pump lost lane 3');
    failing.repair();
    const path = `failures/groups/${group?.id ?? ''}/retry`;
    const { told } = await write(failing, path, { before: seen.at });
    expect(told.at(0)).toMatchObject({ tells: 'start', jobs: 2 });
    expect(told.filter(({ tells }) => tells === 'job')).toHaveLength(2);
    expect(told.at(-1)).toMatchObject({ tells: 'end', done: 2, moved: 0, gone: 0, failed: 0 });
    await expect.poll(() => queue.getCompletedCount(), { timeout: 20_000 }).toBe(2);
    expect(await queue.getFailedCount()).toBe(1);
    expect((await write(failing, path, { before: seen.at })).told).toMatchObject([
      { tells: 'start', jobs: 0 },
      { tells: 'end', done: 0 },
    ]);
    expect(audited[0]).toMatchObject({
      action: 'retry a group of failures: done',
      queue: group?.queues[0]?.id,
      status: 200,
    });
    expect(audited[0]?.subject?.split(' ')).toHaveLength(2);
    expect(audited[1]).toMatchObject({ action: 'retry a group of failures', subject: group?.id });
  });

  test('a group is removed, and only what still fails alike', async ({ skip }) => {
    if (reasons[kind]) skip(reasons[kind]);
    await using broker = await brokers[kind]();
    await using failing = await startFailingQueues(broker.url, ['lanes']);
    const queue = failing.queue('lanes');
    await failing.fail('lanes', 'The pump lost lane 1', 'The pump lost lane 2', 'The roof leaks');
    const seen = await list(failing);
    const group = seen.groups.find(({ count }) => count === 2);
    const path = `failures/groups/${group?.id ?? ''}/remove`;
    const { told } = await write(failing, path, { before: seen.at });
    expect(told.at(-1)).toMatchObject({ done: 2 });
    expect(await queue.getFailedCount()).toBe(1);
    expect((await list(failing)).groups).toMatchObject([{ message: 'The roof leaks', count: 1 }]);
    expect(await write(failing, path, { before: seen.at })).toMatchObject({ status: 404 });
  });

  test('whoever may not see a queue sees none of its failures, nor retries them', async ({
    skip,
  }) => {
    if (reasons[kind]) skip(reasons[kind]);
    await using broker = await brokers[kind]();
    let person: Person = { name: 'olaf', role: 'operator', sees: () => true };
    const access = { ...openAccess(), personOf: () => person };
    await using failing = await startFailingQueues(broker.url, ['lanes', 'pumps'], { access });
    await failing.fail('lanes', 'The pump lost lane 1');
    await failing.fail('pumps', 'The pump lost lane 2');
    const seen = await list(failing);
    const hidden = seen.groups[0]?.queues.find(({ title }) => title === 'pumps')?.id;
    person = { ...person, sees: (queue) => queue !== hidden };
    const [group] = (await list(failing)).groups;
    expect(group).toMatchObject({ count: 1, queues: [{ title: 'lanes' }] });
    const path = `failures/groups/${group?.id ?? ''}/remove`;
    expect((await write(failing, path, { before: seen.at })).told.at(-1)).toMatchObject({
      done: 1,
    });
    expect(await failing.queue('pumps').getFailedCount()).toBe(1);
    const foreign = await fetch(`${failing.url}/ops/api/queues/${hidden ?? ''}/failures/1`);
    expect(foreign.status).toBe(404);
    person = { ...person, role: 'viewer' };
    expect(await write(failing, path, { before: seen.at })).toMatchObject({ status: 403 });
  });

  test('a write that is not understood is answered with what was expected', async ({ skip }) => {
    if (reasons[kind]) skip(reasons[kind]);
    await using broker = await brokers[kind]();
    await using failing = await startFailingQueues(broker.url, ['lanes']);
    await failing.fail('lanes', 'The roof leaks');
    const id = (await list(failing)).groups[0]?.id ?? '';
    for (const body of [
      {},
      { before: 'now' },
      { before: 1, queues: [] },
      [1],
      { before: 1, x: 1 },
    ]) {
      const { status, text } = await write(failing, `failures/groups/${id}/retry`, body);
      expect([status, JSON.parse(text)]).toMatchObject([400, { status: 400 }]);
    }
    expect(await failing.queue('lanes').getFailedCount()).toBe(1);
  });
});

test('data of 5 MB, broken JSON and errors without end do not hide the others', async ({
  skip,
}) => {
  if (reasons.redis) skip(reasons.redis);
  await using redis = await startRedis();
  await using failing = await startFailingQueues(redis.url, ['lanes', 'pumps']);
  await failing.fail('lanes', 'The pump lost lane 1', 'a', 'b', 'c', 'd', 'e');
  const queue = failing.queue('lanes');
  const jobs = await queue.getFailed();
  const set = async (message: string, field: string, value: string) => {
    const id = jobs.find(({ failedReason }) => failedReason === message)?.id ?? '';
    await redis.client.hset(queue.toKey(id), field, value);
  };
  await set('a', 'data', `{"x":"${'y'.repeat(5 * 2 ** 20)}`);
  await set('b', 'stacktrace', '["Error: b", "broken');
  await set('c', 'stacktrace', '[{}, 7]');
  await set('d', 'failedReason', 'z'.repeat(2 ** 20));
  await set('e', 'opts', '[[[');
  await redis.client.set(failing.queue('pumps').toKey('failed'), 'no set of jobs');
  const { groups, problems, lookedAt } = await list(failing);
  expect(lookedAt).toBe(6);
  expect(problems).toMatchObject([{ says: expect.stringContaining('WRONGTYPE') as string }]);
  expect(groups.map(({ message }) => message)).toEqual(
    expect.arrayContaining(['The pump lost lane <number>', 'a', 'b', 'c', 'e']),
  );
  expect(groups.some(({ message }) => message.includes('too long to be read'))).toBe(true);
  for (const { id } of groups) {
    const detail = await fetch(`${failing.url}/ops/api/failures/groups/${id}`);
    expect(groupShape.safeParse(await detail.json()).success).toBe(true);
  }
  failing.repair();
  const broken = groups.find(({ message }) => message === 'e');
  const path = `failures/groups/${broken?.id ?? ''}/retry`;
  expect((await write(failing, path, { before: Date.now() })).told.at(-1)).toMatchObject({
    done: 1,
  });
});
