import type { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runOfTest } from '../../testing/broker-run.ts';
import { redisSources } from '../../testing/redis-sources.ts';
import type { Broker } from '../broker.ts';
import { plainly, type BrokerNeed } from '../need.ts';
import { openRedis } from './open.ts';
import { redisAt } from './url.ts';

let stack: AsyncDisposableStack;
let run: Awaited<ReturnType<typeof runOfTest>>['run'];
beforeAll(async () => {
  stack = new AsyncDisposableStack();
  ({ run } = stack.use(await runOfTest()));
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

describe.for(Object.entries(redisSources))('a %s server', ([, source]) => {
  async function openBroker(
    skip: (why: string) => never,
    more: Partial<BrokerNeed> = {},
  ): Promise<Broker> {
    if (typeof source === 'string') return skip(source);
    return openRedis(source, { ...plainly('redis'), ...more }, run);
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
    await expect(asking(broker, write)).resolves.toBe('OK');
    await using asWritten = await redisAt(broker.url, plainly('redis')).catch(String);
    void asWritten;
  });
});
