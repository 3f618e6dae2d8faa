import { Queue } from 'bullmq';
import { Cluster, type Redis } from 'ioredis';
import pWaitFor from 'p-wait-for';
import { expect, onTestFinished, test } from 'vitest';
import { startRedis, whyNoRedis, type RedisServer } from '../../worker/testing/redis.ts';
import { createKnownBugs } from '../known-bugs/known-bugs.ts';
import { createDashboard } from '../dashboard.ts';
import { createDocsSite } from '../docs/docs-site.ts';
import { startRedisCluster } from '../fixtures/redis-cluster.ts';
import { addSickJobs, sickJobs } from '../fixtures/sick-jobs.ts';
import { createExplainer } from '../health/explain.ts';
import { probeAnswer, probeCondition, probeQueues } from '../health/queue-probes.ts';
import { readBrokerUrl } from '../queues/broker-url.ts';
import { findQueues } from '../queues/found-directory.ts';
import { takeAddress } from '../server/address.ts';
import { readWriteups } from '../../catalog/writeup/read.ts';
import { createKnownBugLink } from './known-bug-link.ts';

const noRedis = await whyNoRedis();
const why = noRedis ? `: ${noRedis}` : '';
const deadline = { interval: 20, timeout: 20_000 };

interface Listed {
  readonly name: string;
  readonly description?: string;
  readonly counts: Record<string, number>;
  readonly jobs: readonly { id: string; data: unknown; returnValue: unknown }[];
  readonly pagination: { pageCount: number };
}

async function startBoard(url: string) {
  await using stack = new AsyncDisposableStack();
  const queues = stack.use(findQueues(readBrokerUrl(url), { everyMs: 50 }));
  const writeups = readWriteups();
  const explainer = createExplainer(writeups);
  const dashboard = stack.use(
    createDashboard({
      queues,
      knownBugLink: createKnownBugLink(writeups),
      knownBugs: createKnownBugs(writeups),
      probes: {
        broker: probeCondition(queues.source, explainer),
        queues: probeQueues(queues, explainer),
      },
      answers: probeAnswer(queues.source),
      docs: createDocsSite('Not built here'),
      environment: 'test',
      hosts: [],
    }),
  );
  const address = stack.use(await takeAddress({ port: 0 }));
  address.serve(dashboard.app);
  const send = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(address.url + path, init);
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json');
    return {
      status: response.status,
      text,
      body: json ? (JSON.parse(text) as unknown) : undefined,
    };
  };
  await pWaitFor(async () => (await send('/board/api/queues')).status === 200, deadline);
  const resources = stack.move();
  return {
    send,
    list: async (query = '') => {
      const { body } = await send(`/board/api/queues${query}`);
      return (body as { queues: Listed[] }).queues;
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

function clientOf(redis: RedisServer): Redis {
  const client = redis.client.duplicate({ maxRetriesPerRequest: null });
  onTestFinished(() => {
    client.disconnect();
  });
  return client;
}

test.skipIf(noRedis)(
  `jobs that cannot be read hide no other${why}`,
  { timeout: 60_000 },
  async () => {
    await using redis = await startRedis();
    const client = clientOf(redis);
    await addSickJobs(client);
    // The control: BullMQ itself cannot read this list.
    await expect(new Queue('sick', { connection: client }).getJobs('waiting')).rejects.toThrow();

    await using board = await startBoard(redis.url);
    await pWaitFor(async () => (await board.list()).length === 1, deadline);
    const page = '?activeQueue=sick&status=waiting&jobsPerPage=20';
    const { text } = await board.send(`/board/api/queues${page}`);
    expect(text.length).toBeLessThan(64 * 1024);
    const jobs = (await board.list(page))[0]?.jobs ?? [];
    expect(jobs.map(({ id }) => id).sort()).toEqual([...sickJobs].sort());
    const of = (wanted: string) => jobs.find(({ id }) => id === wanted);
    const word = (text_: string) => ({ $poolproof: expect.stringContaining(text_) as string });
    expect(of('fine')?.data).toEqual({ pump: 7 });
    expect(of('broken')?.data).toMatchObject(word('data is no JSON'));
    expect(of('deep')?.returnValue).toMatchObject(word('returnvalue has 20 KiB'));
    expect(of('large')?.data).toMatchObject(word('data has 4.8 MiB'));
    expect(of('type')?.data).toMatchObject(word('cannot be read: WRONGTYPE'));

    // On its own page more is sent, and never what Node cannot write.
    const single = await board.send('/board/api/queues/sick/deep');
    expect(single.body).toMatchObject({ job: { returnValue: word('10,000 levels deep') } });
    const whole = await board.send('/ops/api/queues/sick/jobs/large/payload');
    expect(whole.text.length).toBeGreaterThan(5_000_000);

    for (const id of ['broken', 'deep', 'options']) {
      const removed = await board.send(`/board/api/queues/sick/${id}/clean`, { method: 'PUT' });
      expect([id, removed.status]).toEqual([id, 204]);
      expect(await client.exists(`bull:sick:${id}`)).toBe(0);
    }
  },
);

test.skipIf(noRedis)(`what only stands for data is never written back${why}`, async () => {
  await using redis = await startRedis();
  const client = clientOf(redis);
  await addSickJobs(client);
  await using board = await startBoard(redis.url);
  await pWaitFor(async () => (await board.list()).length === 1, deadline);
  const change = (jobData: unknown) =>
    board.send('/board/api/queues/sick/large/update-data', {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jobData }),
    });
  const before = await client.hstrlen('bull:sick:large', 'data');
  const { status, body } = await change({ $poolproof: 'data has 4.8 MiB' });
  expect({ status, body }).toMatchObject({
    status: 409,
    body: { type: '/problems/conflict', detail: expect.stringContaining('too large') as string },
  });
  expect(await client.hstrlen('bull:sick:large', 'data')).toBe(before);
  expect((await change({ pump: 8 })).status).toBe(200);
  expect(await client.hget('bull:sick:large', 'data')).toBe('{"pump":8}');
});

test.skipIf(noRedis)(`a queue that cannot be read hides no other${why}`, async () => {
  await using redis = await startRedis();
  const client = clientOf(redis);
  const queue = new Queue('fine', { connection: client });
  await queue.add('one', {});
  await queue.close();
  await client.hset('bull:sick:meta', 'version', 'bullmq:6.7.0');
  await client.set('bull:sick:wait', 'no list');
  await using board = await startBoard(redis.url);
  await pWaitFor(async () => (await board.list()).length === 2, deadline);
  const [fine, sick] = await board.list();
  expect(fine).toMatchObject({ name: 'fine', counts: { waiting: 1 } });
  expect(sick).toMatchObject({
    name: 'sick',
    description: expect.stringContaining('This queue cannot be read: ') as string,
  });
});

test.skipIf(noRedis)(`the board follows queues, and lists at most 100 jobs${why}`, async () => {
  await using redis = await startRedis();
  const client = clientOf(redis);
  await using board = await startBoard(redis.url);
  expect(await board.list()).toEqual([]);
  for (const prefix of ['bull', 'app']) {
    const queue = new Queue('emails', { connection: client, prefix });
    await queue.addBulk(Array.from({ length: 250 }, () => ({ name: 'one', data: {} })));
    await queue.close();
  }
  await pWaitFor(async () => (await board.list()).length === 2, deadline);
  const query = '?activeQueue=app%3Aemails&status=waiting&jobsPerPage=100000';
  const [app, other] = await board.list(query);
  expect([app?.name, app?.jobs.length, app?.pagination.pageCount]).toEqual(['app:emails', 100, 3]);
  expect([other?.name, other?.jobs.length]).toEqual(['emails', 0]);
  // No name of a queue, whatever is asked for.
  for (const asked of ['%', '%25', '100%25', '%E0%A4%A']) {
    expect([asked, (await board.list(`?activeQueue=${encodeURIComponent(asked)}`)).length]).toEqual(
      [asked, 2],
    );
  }
});

test.skipIf(noRedis)(
  `two dashboards on one cluster show the same${why}`,
  { timeout: 90_000 },
  async () => {
    await using cluster = await startRedisCluster();
    const client = new Cluster([cluster.url]);
    client.on('error', () => undefined);
    onTestFinished(() => {
      client.disconnect();
    });
    await pWaitFor(() => client.status === 'ready', deadline);
    const names = Array.from({ length: 6 }, (_value, index) => `{q${index}}`);
    for (const name of names) {
      const queue = new Queue(name, { connection: client });
      await queue.add('one', { name });
      await queue.close();
    }
    await using one = await startBoard(cluster.url);
    await using other = await startBoard(cluster.url);
    const encoded = (name: string) => encodeURIComponent(name);
    for (const board of [one, other]) {
      await pWaitFor(async () => (await board.list()).length === names.length, deadline);
      for (const name of names) {
        const listed = await board.list(`?activeQueue=${encoded(name)}&status=waiting`);
        expect(listed.find((queue) => queue.name === name)?.jobs[0]?.data).toEqual({ name });
      }
    }
    const pause = `/board/api/queues/${encoded('{q0}')}/pause`;
    expect((await one.send(pause, { method: 'PUT' })).status).toBe(200);
    expect((await other.list())[0]).toMatchObject({ name: '{q0}', isPaused: true });
    expect((await one.send('/board/api/redis/stats')).status).toBe(200);
  },
);

test.skipIf(noRedis)(
  `/healthz tells how Redis and the queues are${why}`,
  { timeout: 60_000 },
  async () => {
    await using redis = await startRedis();
    const client = clientOf(redis);
    const queue = new Queue('emails', { connection: client });
    onTestFinished(() => queue.close());
    await queue.waitUntilReady();
    await queue.pause();
    await queue.resume();
    await using board = await startBoard(redis.url);
    const health = async () => {
      const { status, body } = await board.send('/healthz');
      return { status, ...(body as object) } as Record<string, unknown> & { status: unknown };
    };
    const until = (part: string, words: string) =>
      pWaitFor(async () => JSON.stringify((await health())[part]).includes(words), deadline);
    await until('queues', '"known":1');
    // The control: nothing is wrong yet.
    expect(await health()).toMatchObject({ status: 'up', broker: { status: 'up' } });

    await queue.add('one', {});
    await until('queues', 'no worker is connected');
    expect(JSON.stringify(await health())).toContain('"queues":["emails"]');
    await queue.pause();
    await until('queues', 'The queue is paused');
    await client.config('SET', 'maxmemory-policy', 'allkeys-lru');
    await until('broker', 'BUG-024');
    await client.config('SET', 'maxmemory-policy', 'noeviction');
    await client.config('SET', 'maxmemory', '1mb');
    await until('broker', 'Redis is full');
    expect(await health()).toMatchObject({ status: 'down', broker: { bug: { id: 'BUG-037' } } });
    // A full broker can still be looked at.
    expect(await board.list()).toHaveLength(1);
    await client.config('SET', 'maxmemory', '0');
    await client.replicaof('127.0.0.1', 1);
    await until('broker', 'read-only');
    expect(await health()).toMatchObject({ status: 'down', broker: { bug: { id: 'BUG-041' } } });
    await client.replicaof('NO', 'ONE');
    await redis.kill();
    await until('broker', '"down"');
    const { status } = await board.send('/board/api/queues');
    expect(status).toBe(503);
  },
);
