import { Redis } from 'ioredis';
import { within } from '../../deadline.ts';
import type { BrokerFault } from '../broker.ts';
import type { Broker } from '../broker.ts';
import { standIn } from '../stand-in.ts';
import type { RedisServer } from './server.ts';

/** Starts a server and makes a breakable broker of it. */
export async function openRedis(server: RedisServer): Promise<Broker> {
  await server.start();
  const url = `redis://${server.host}:${server.port}/0`;
  const { kind, version } = await redisVersion(url);
  let undo: (() => Promise<void>) | undefined;

  async function impose(fault: BrokerFault): Promise<() => Promise<void>> {
    if (fault === 'full') {
      await limitMemory(url, '1');
      return () => limitMemory(url, '0');
    }
    await server.stop();
    if (fault === 'down') return () => server.start();
    const replacement = await standIn(server.host, server.port, fault);
    return async () => {
      await replacement[Symbol.asyncDispose]();
      await server.start();
    };
  }
  async function mend(): Promise<void> {
    const undoOnce = undo;
    undo = undefined;
    await undoOnce?.();
  }
  return {
    kind,
    how: server.how,
    version,
    url,
    urlInside: server.urlInside,
    host: server.host,
    port: server.port,
    async break(fault) {
      await mend();
      undo = await impose(fault);
    },
    mend,
    lost: () => (undo === undefined ? whyLost(url) : Promise.resolve(undefined)),
    async [Symbol.asyncDispose]() {
      try {
        await mend();
      } finally {
        await server[Symbol.asyncDispose]();
      }
    },
  };
}

/** What answers at a URL. Valkey calls itself Redis 7.2.4 beside its own version. */
export async function redisVersion(
  url: string,
): Promise<{ kind: 'redis' | 'valkey'; version: string }> {
  const info = await withClient(url, (client) => client.info('server'));
  const valkey = /^valkey_version:(.+?)\r?$/m.exec(info)?.[1];
  if (valkey !== undefined) return { kind: 'valkey', version: valkey };
  return { kind: 'redis', version: /^redis_version:(.+?)\r?$/m.exec(info)?.[1] ?? 'unknown' };
}

/** Connects for one question. Fails at once where nothing answers. */
export async function withClient<Answer>(
  url: string,
  ask: (client: Redis) => Promise<Answer>,
): Promise<Answer> {
  const client = new Redis(url, {
    lazyConnect: true,
    retryStrategy: () => null,
    connectTimeout: 5000,
  });
  // Without a listener ioredis prints to the console what `connect` throws anyway.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await ask(client);
  } finally {
    client.disconnect();
  }
}

/** Why a broker that answered before does so no more, or undefined. */
export async function whyLost(url: string): Promise<string | undefined> {
  try {
    const answer = withClient(url, (client) => client.ping());
    await within(10_000, 'it did not answer', answer);
    return undefined;
  } catch (error) {
    return `the broker gave way in the middle of the run: ${String(error)}`;
  }
}

async function limitMemory(url: string, bytes: string): Promise<void> {
  await withClient(url, async (client) => {
    await client.config('SET', 'maxmemory-policy', 'noeviction');
    await client.config('SET', 'maxmemory', bytes);
  });
}
