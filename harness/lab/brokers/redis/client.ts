import { readFileSync } from 'node:fs';
import { Redis } from 'ioredis';
import type { Login, ServerVersion } from '../need.ts';
import type { Address } from './ping.ts';

/** Connects to a server again and again, as long as it is not disconnected. Commands fail by themselves. */
export function clientOf(address: Address, login: Login | undefined, db = 0): Redis {
  return (
    new Redis({ ...optionsFor(address, login), db, maxRetriesPerRequest: 1 })
      // Whoever breaks a broker expects the connection to go.
      .on('error', () => undefined)
  );
}

/** Connects for one question. Fails at once where nothing answers. */
export async function withClient<Answer>(
  address: Address,
  login: Login | undefined,
  ask: (client: Redis) => Promise<Answer>,
): Promise<Answer> {
  const client = new Redis({
    ...optionsFor(address, login),
    lazyConnect: true,
    retryStrategy: () => null,
    connectTimeout: 5000,
    // Answers to `INFO` are refused to some, and it is not asked for anything.
    enableReadyCheck: false,
  });
  let cause: unknown;
  client.on('error', (error) => {
    cause ??= error;
  });
  try {
    // That the connection was closed is all that `connect` says where a server turned it away.
    await client.connect().catch((error: unknown) => {
      throw cause ?? error;
    });
    return await ask(client);
  } finally {
    client.disconnect();
  }
}

/** What a server calls itself. Valkey calls itself Redis 7.2.4 beside its own version. */
export async function versionOf(client: Redis): Promise<ServerVersion> {
  const info = await client.info('server');
  const valkey = /^valkey_version:(.+?)\r?$/m.exec(info)?.[1];
  if (valkey !== undefined) return { kind: 'valkey', version: valkey };
  return { kind: 'redis', version: /^redis_version:(.+?)\r?$/m.exec(info)?.[1] ?? 'unknown' };
}

function optionsFor(
  { host, port, tls = false, certificateAuthority }: Address,
  login: Login | undefined,
) {
  return {
    host,
    port,
    // In the old protocol, which every server speaks.
    protocol: 2 as const,
    ...(tls && { tls: certificateAuthority ? { ca: readFileSync(certificateAuthority) } : {} }),
    ...(login === undefined || login === 'anonymous'
      ? {}
      : { ...(login.user && { username: login.user }), password: login.password }),
  };
}
