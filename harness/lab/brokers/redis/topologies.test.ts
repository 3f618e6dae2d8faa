import { Cluster, Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NotRun } from '../../not-run.ts';
import { workspaceOfTest } from '../../testing/test-workspace.ts';
import { redisSources } from '../../testing/redis-sources.ts';
import type { Broker } from '../broker.ts';
import { plainly, type BrokerNeed } from '../need.ts';
import { openRedis } from './open.ts';

let stack: AsyncDisposableStack;
let workspace: Awaited<ReturnType<typeof workspaceOfTest>>['workspace'];
beforeAll(async () => {
  stack = new AsyncDisposableStack();
  ({ workspace } = stack.use(await workspaceOfTest()));
});
afterAll(() => stack.disposeAsync());

const passwords = [undefined, { requirepass: 's3cret' }];

describe.for(Object.entries(redisSources))('on a %s server', ([, source]) => {
  async function openBroker(skip: (why: string) => never, need: Partial<BrokerNeed>) {
    if (typeof source === 'string') return skip(source);
    return openRedis(source, { ...plainly('redis'), ...need }, workspace).catch(
      (error: unknown) => {
        if (error instanceof NotRun && need.tls) return skip(error.message);
        throw error;
      },
    );
  }

  test.for(passwords)('a cluster of three keeps keys by slot, %o', async (config, { skip }) => {
    await using broker = await openBroker(skip, { topology: 'cluster', config });
    expect(broker.nodes.map(({ role }) => role)).toEqual(['primary', 'primary', 'primary']);
    const seeds = broker.env.BROKER_NODES?.split(',') ?? [];
    expect(seeds).toHaveLength(3);
    const cluster = new Cluster(
      seeds.map((seed) => `redis://${seed}`),
      { redisOptions: { ...(config && { password: config.requirepass }) } },
    );
    try {
      for (const key of ['a', 'b', 'c', 'd']) {
        await expect(cluster.set(key, key)).resolves.toBe('OK');
      }
      const sizes = await Promise.all(cluster.nodes('master').map((node) => node.dbsize()));
      expect(sizes).toHaveLength(3);
      expect(sizes.filter((size) => size > 0).length).toBeGreaterThan(1);
      await expect(cluster.del('a', 'b')).rejects.toThrow(/CROSSSLOT/);
    } finally {
      cluster.disconnect();
    }
    await expect(broker.failover()).rejects.toThrow(/no replica/);
  });

  test.for(passwords)(
    'a replica has what its primary has, and takes its place, %o',
    async (config, { skip }) => {
      await using broker = await openBroker(skip, { topology: 'replica', config });
      const [first, second] = broker.nodes;
      expect([first?.role, second?.role]).toEqual(['primary', 'replica']);
      const password = config?.requirepass;
      const old = clientAt(broker.nodes, 'primary', password);
      const replica = clientAt(broker.nodes, 'replica', password);
      try {
        await old.set('key', 'value');
        await old.wait(1, 5_000);
        await expect(replica.get('key')).resolves.toBe('value');
        await expect(replica.set('key', 'other')).rejects.toThrow(/READONLY/);
        await broker.failover();
        await expect(old.set('key', 'other')).rejects.toThrow(/READONLY/);
        await expect(replica.set('key', 'other')).resolves.toBe('OK');
        expect(broker.nodes.map(({ role }) => role)).toEqual(['replica', 'primary']);
        await expect(broker.lost()).resolves.toBeUndefined();
      } finally {
        old.disconnect();
        replica.disconnect();
      }
    },
  );

  test.for(passwords)('sentinels replace a primary that is gone, %o', async (config, { skip }) => {
    await using broker = await openBroker(skip, { topology: 'sentinel', config });
    const client = throughSentinel(broker, config?.requirepass);
    try {
      await client.set('key', 'value');
      await client.wait(1, 5_000);
      const [before] = broker.nodes;
      await broker.failover();
      const primary = broker.nodes.find(({ role }) => role === 'primary');
      expect(primary?.port).not.toBe(before?.port);
      await expect(client.get('key')).resolves.toBe('value');
      await expect(client.set('key', 'other')).resolves.toBe('OK');
      await broker.restore();
      await expect(broker.lost()).resolves.toBeUndefined();
    } finally {
      client.disconnect();
    }
  });

  test('TLS is spoken with a certificate of its own authority, and nothing else', async ({
    skip,
  }) => {
    await using broker = await openBroker(skip, { tls: true });
    expect(broker.url).toMatch(/^rediss:/);
    const client = broker.connect();
    const trusting = new Redis(broker.url, { retryStrategy: () => null, lazyConnect: true });
    const plain = new Redis(broker.port, broker.host, {
      ...{ retryStrategy: () => null, lazyConnect: true },
    });
    try {
      await expect(client.set('key', 'value')).resolves.toBe('OK');
      await expect(errorOf(trusting)).resolves.toMatch(/self-signed certificate|unable to verify/);
      await expect(errorOf(plain)).resolves.toMatch(/ECONNRESET|EPIPE|closed/);
      await expect(broker.lost()).resolves.toBeUndefined();
    } finally {
      for (const one of [client, trusting, plain]) one.disconnect();
    }
  });
});

/** What a client that cannot get in is told. */
function errorOf(client: Redis): Promise<string> {
  return new Promise((resolve) => {
    client.on('error', ({ message }) => {
      resolve(message);
    });
    client.connect().then(
      () => client.ping(),
      (error: unknown) => {
        setImmediate(() => {
          resolve(String(error));
        });
      },
    );
  });
}

function clientAt(nodes: Broker['nodes'], role: string, password: string | undefined): Redis {
  const node = nodes.find((one) => one.role === role);
  if (node === undefined) throw new Error(`there is no ${role}`);
  const { host, port } = node;
  return new Redis({ host, port, ...(password && { password }) }).on('error', () => undefined);
}

function throughSentinel({ env }: Broker, password: string | undefined): Redis {
  const sentinels = (env.BROKER_SENTINELS ?? '').split(',').map((address) => {
    const [host = '', port = ''] = address.split(':');
    return { host, port: Number(port) };
  });
  return new Redis({
    sentinels,
    name: env.BROKER_SENTINEL_NAME ?? '',
    ...(password && { password }),
    maxRetriesPerRequest: null,
  }).on('error', () => undefined);
}
