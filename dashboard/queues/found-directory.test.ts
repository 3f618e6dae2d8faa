import { Queue, Worker } from 'bullmq';
import { Cluster, type Redis } from 'ioredis';
import pWaitFor from 'p-wait-for';
import { describe, expect, onTestFinished, test } from 'vitest';
import { brokerAt } from '../../worker/broker/broker.ts';
import { useDatabase } from '../../worker/testing/database.ts';
import { makeGate } from '../../worker/testing/gate.ts';
import {
  closedPort,
  startRedis,
  whyNoRedis,
  type RedisServer,
} from '../../worker/testing/redis.ts';
import { startRedisCluster } from '../fixtures/redis-cluster.ts';
import { readBrokerUrl } from './broker-url.ts';
import { findQueues, type FindOptions } from './found-directory.ts';
import { KeySweep, metaPattern } from './key-sweep.ts';

const noRedis = await whyNoRedis();
const why = noRedis ? `: ${noRedis}` : '';
const deadline = { interval: 20, timeout: 20_000 };

function find(url: string, options: FindOptions = {}) {
  const directory = findQueues(readBrokerUrl(url), { everyMs: 50, ...options });
  const ids = () => directory.list().map(({ id }) => id);
  return Object.assign(directory, {
    ids,
    until: (...expected: string[]) =>
      pWaitFor(() => ids().join() === expected.join() && directory.search().complete, deadline),
  });
}

/** A connection as BullMQ wants it, for the length of the test. */
function clientOf(redis: RedisServer): Redis {
  const client = redis.client.duplicate({ maxRetriesPerRequest: null });
  client.on('error', () => undefined);
  onTestFinished(() => {
    client.disconnect();
  });
  return client;
}

async function fill(connection: Redis | Cluster, prefix: string, ...names: string[]) {
  for (const name of names) {
    const queue = new Queue(name, { connection, prefix });
    await queue.waitUntilReady();
    await queue.add('one', {});
    await queue.close();
  }
}

describe.skipIf(noRedis)(`queues in Redis${why}`, () => {
  test('are found with their prefixes, and nothing else is', { timeout: 30_000 }, async () => {
    await using redis = await startRedis();
    const client = clientOf(redis);
    await fill(client, 'bull', 'emails');
    await fill(client, 'app', 'emails');
    await fill(client, '{bull}', 'tagged');
    // Of somebody else: a hash of that name, and something that is no hash.
    await client.hset('cms:page:meta', 'title', 'About');
    await client.set('cms:text:meta', 'About');

    await using queues = find(redis.url, { first: { prefix: 'app', name: 'emails' } });
    await queues.until('app:emails', '{bull}:tagged', 'emails');
    const counts = queues.list().map(({ queue }) => queue.getWaitingCount());
    expect(await Promise.all(counts)).toEqual([1, 1, 1]);
    // Looked at and not written to: it would be there again after it was removed.
    expect(await client.hget('bull:emails:meta', 'version')).toMatch(/^bullmq:/);
  });

  test('come and go, and listeners hear of it', { timeout: 30_000 }, async () => {
    await using redis = await startRedis();
    const client = clientOf(redis);
    await fill(client, 'bull', 'first');
    await using queues = find(redis.url);
    let heard = 0;
    using _listening = queues.onChange(() => (heard += 1));
    await queues.until('first');
    await fill(client, 'bull', 'second');
    await queues.until('first', 'second');
    const gone = new Queue('first', { connection: client });
    await gone.obliterate({ force: true });
    await gone.close();
    await queues.until('second');
    expect(heard).toBeGreaterThanOrEqual(2);
    // The queue is not brought back by whoever looks.
    expect(await client.exists('bull:first:meta')).toBe(0);
  });

  test(
    'are told apart by prefix and name when only some are wanted',
    { timeout: 30_000 },
    async () => {
      await using redis = await startRedis();
      const client = clientOf(redis);
      await fill(client, 'bull', 'emails', 'orders');
      await fill(client, 'b*', 'emails', 'orders');
      await using one = find(redis.url, { wanted: { prefixes: ['b*'], names: [] } });
      await one.until('b*:emails', 'b*:orders');
      await using other = find(redis.url, { wanted: { prefixes: [], names: ['emails'] } });
      await other.until('b*:emails', 'emails');
    },
  );

  test('share one connection, and one question about workers', { timeout: 30_000 }, async () => {
    await using redis = await startRedis();
    const client = clientOf(redis);
    const worker = new Worker('emails', () => Promise.resolve(), {
      connection: client,
      name: 'host@7',
    });
    onTestFinished(async () => {
      await worker.close(true);
    });
    await worker.waitUntilReady();
    await fill(client, 'bull', 'emails', 'orders', 'reports');
    await using queues = find(redis.url);
    await queues.until('emails', 'orders', 'reports');
    const list = (await redis.client.client('LIST')) as string;
    expect(list.match(/name=poolproof-dashboard/g)).toHaveLength(1);

    await redis.client.config('RESETSTAT');
    const workers = await Promise.all(queues.list().map(async (known) => known.workers?.()));
    expect(workers.map((those) => those?.map(({ name }) => name))).toEqual([['host@7'], [], []]);
    const stats = await redis.client.info('commandstats');
    expect(/cmdstat_client\|list:calls=(\d+)/.exec(stats)?.[1]).toBe('1');
  });

  test(
    'are found when Redis comes later, and again after it was away',
    { timeout: 60_000 },
    async () => {
      const port = await closedPort();
      await using queues = find(`redis://127.0.0.1:${port}`);
      const isRefused = () => queues.search().problem?.includes('ECONNREFUSED') === true;
      await pWaitFor(isRefused, deadline);
      let redis = await startRedis(port);
      await fill(clientOf(redis), 'bull', 'early');
      await queues.until('early');
      await redis.kill();
      await pWaitFor(() => queues.search().problem !== undefined, deadline);
      // What was known stays: nobody can tell that it is gone.
      expect(queues.ids()).toEqual(['early']);
      redis = await startRedis(port);
      await fill(clientOf(redis), 'bull', 'late');
      await queues.until('late');
      expect(await queues.list()[0]?.queue.getWaitingCount()).toBe(1);
      await redis[Symbol.asyncDispose]();
    },
  );

  test('are looked for a bounded step at a time, and the state says how far', async () => {
    await using redis = await startRedis();
    const pipeline = redis.client.pipeline();
    for (let index = 0; index < 5000; index += 1) pipeline.set(`other:${index}`, '');
    await pipeline.exec();
    await redis.client.config('RESETSTAT');
    const sweep = new KeySweep();
    await sweep.step(redis.client, metaPattern([]), { calls: 2, ms: 10_000 });
    expect(sweep.complete).toBe(false);
    expect(sweep.looked).toBe(2000);
    while (!sweep.complete) {
      await sweep.step(redis.client, metaPattern([]), { calls: 2, ms: 10_000 });
    }
    const stats = await redis.client.info('commandstats');
    expect(stats).not.toContain('cmdstat_keys');
    expect(Number(/cmdstat_scan:calls=(\d+)/.exec(stats)?.[1])).toBeGreaterThanOrEqual(3);
  });

  test('are found on every server of a cluster', { timeout: 90_000 }, async () => {
    await using cluster = await startRedisCluster();
    const client = new Cluster([cluster.url]);
    client.on('error', () => undefined);
    onTestFinished(() => {
      client.disconnect();
    });
    await pWaitFor(() => client.status === 'ready', deadline);
    const names = Array.from({ length: 9 }, (_value, index) => `{q${index}}`);
    await fill(client, 'bull', ...names);
    const masters = client.nodes('master');
    const holding = await Promise.all(masters.map((node) => node.dbsize()));
    expect(holding.filter((keys) => keys > 0)).toHaveLength(3);

    await using queues = find(cluster.url);
    await queues.until(...names);
    const counts = queues.list().map(({ queue }) => queue.getWaitingCount());
    expect(await Promise.all(counts)).toEqual(names.map(() => 1));
    expect(await queues.source.examine()).toEqual([]);
  });
});

describe('queues in PostgreSQL', () => {
  const context = useDatabase();

  test(
    'are found in every schema of BullMQ, also when it comes later',
    { timeout: 60_000 },
    async () => {
      await using gate = await makeGate(context.url);
      await using queues = find(gate.url, {
        first: { prefix: 'poolproof_queue', name: 'imports' },
      });
      await pWaitFor(() => queues.search().problem !== undefined, deadline);
      await using own = brokerAt(context.url).openQueue('imports', () => undefined);
      await own.queue.add('one', {});
      await context.database.pool.query('create schema other');
      await context.database.pool.query('create table other.job (queue text)');
      await gate.open();
      await queues.until('poolproof_queue:imports');
      expect(await queues.list()[0]?.queue.getJobCounts('waiting')).toEqual({ waiting: 1 });
      await using second = brokerAt(context.url).openQueue('mails', () => undefined);
      await second.queue.add('one', {});
      await queues.until('poolproof_queue:imports', 'poolproof_queue:mails');
      await second.queue.obliterate({ force: true });
      await gate.shut();
      await pWaitFor(() => queues.search().problem !== undefined, deadline);
      await gate.open();
      await pWaitFor(() => queues.search().problem === undefined, deadline);
      expect(queues.ids()[0]).toBe('poolproof_queue:imports');
    },
  );
});
