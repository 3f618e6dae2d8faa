import type { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { workspaceOfTest } from '../../testing/test-workspace.ts';
import { redisSources } from '../../testing/redis-sources.ts';
import type { Broker } from '../broker.ts';
import { plainly, type BrokerNeed } from '../need.ts';
import { withClient } from './client.ts';
import { openRedis } from './open.ts';
import { redisAt } from './url.ts';

let stack: AsyncDisposableStack;
let workspace: Awaited<ReturnType<typeof workspaceOfTest>>['workspace'];
beforeAll(async () => {
  stack = new AsyncDisposableStack();
  ({ workspace } = stack.use(await workspaceOfTest()));
});
afterAll(() => stack.disposeAsync());

const write = (client: Redis) => client.set('key', 'value');

/** Does something by a connection of its own. */
async function asking<Answer>(
  broker: Broker,
  ask: (client: Redis) => Promise<Answer>,
): Promise<Answer> {
  const client = broker.connect();
  try {
    return await ask(client);
  } finally {
    client.disconnect();
  }
}

function plainUrl({ host, port }: Broker): string {
  return `redis://${host}:${port}/0`;
}

describe.for(Object.entries(redisSources))('a %s server', ([, source]) => {
  async function openBroker(
    skip: (why: string) => never,
    more: Partial<BrokerNeed> = {},
  ): Promise<Broker> {
    if (typeof source === 'string') return skip(source);
    return openRedis(source, { ...plainly('redis'), ...more }, workspace);
  }

  test('is what it says, and takes writes', async ({ skip }) => {
    await using broker = await openBroker(skip);
    expect(broker).toMatchObject({ topology: 'single', tls: false, config: {} });
    expect(['redis', 'valkey']).toContain(broker.kind);
    expect(broker.version).toMatch(/^\d+\.\d+\.\d+/);
    await expect(asking(broker, write)).resolves.toBe('OK');
    await expect(broker.lost()).resolves.toBeUndefined();
  });

  test('is configured as it is asked for', async ({ skip }) => {
    const config = { maxmemory: '3mb', 'maxmemory-policy': 'allkeys-lru' };
    await using broker = await openBroker(skip, { config });
    const read = await asking(broker, (client) => client.config('GET', 'maxmemory*'));
    expect(read).toEqual(expect.arrayContaining(['maxmemory', '3145728', 'allkeys-lru']));
    expect(broker.config).toEqual(config);
  });

  test('wants the password that it is given, and tells actors', async ({ skip }) => {
    await using broker = await openBroker(skip, { config: { requirepass: 's3cret' } });
    expect(new URL(broker.url).password).toBe('s3cret');
    {
      await using byUrl = await redisAt(broker.url, plainly('redis'));
      await expect(byUrl.lost()).resolves.toBeUndefined();
    }
    const anonymous = plainUrl(broker);
    await expect(redisAt(anonymous, plainly('redis'))).rejects.toThrow(/NOAUTH/);
    await expect(asking(broker, write)).resolves.toBe('OK');
  });

  test('knows users, and lets actors in as one of them', async ({ skip }) => {
    const user = 'app on >pa ~app:* +@all -@dangerous';
    await using broker = await openBroker(skip, {
      config: { user },
      login: { user: 'app', password: 'pa' },
    });
    const { username, password } = new URL(broker.url);
    expect([username, password]).toEqual(['app', 'pa']);
    const asApp = <Answer>(ask: (client: Redis) => Promise<Answer>) =>
      withClient(broker, { user: 'app', password: 'pa' }, ask);
    await expect(asApp((client) => client.set('app:key', 'value'))).resolves.toBe('OK');
    await expect(asApp(write)).rejects.toThrow(/NOPERM/);
    await expect(asking(broker, write)).resolves.toBe('OK');
  });

  test('with a password that the scenario set itself is not lost; one that is gone is', async ({
    skip,
  }) => {
    await using broker = await openBroker(skip);
    await asking(broker, (client) => client.config('SET', 'requirepass', 'unknown'));
    await expect(broker.lost()).resolves.toBeUndefined();
    await withClient(broker, { user: '', password: 'unknown' }, (client) =>
      client.shutdown().catch(String),
    );
    await expect(broker.lost()).resolves.toMatch(/gave way in the middle of the run/);
  });

  test('of another version than the claim needs is refused by what it is', async ({ skip }) => {
    await expect(openBroker(skip, { version: '1.2' })).rejects.toThrow(
      /needs 1\.2; the \w+ server is (?:redis|valkey) \d/,
    );
  });

  test('given by URL is emptied after the run, and refused with keys in it', async ({ skip }) => {
    await using owner = await openBroker(skip);
    {
      await using broker = await redisAt(owner.url, plainly('redis'));
      expect(broker).toMatchObject({ how: 'url', kind: owner.kind, version: owner.version });
      await expect(broker.break({ kind: 'down' })).rejects.toThrow(/not ours to break/);
      await asking(broker, write);
    }
    await expect(asking(owner, (client) => client.dbsize())).resolves.toBe(0);
    await asking(owner, write);
    await expect(redisAt(owner.url, plainly('redis'))).rejects.toThrow(/holds 1 keys/);
    const wanted = { ...plainly('redis'), config: { maxmemory: '1mb' } };
    await expect(redisAt(owner.url, wanted)).rejects.toThrow(/not ours to set up/);
  });
});
