import { NotRun } from '../../not-run.ts';
import type { Broker } from '../broker.ts';
import { isOfVersion, type BrokerNeed, type Login } from '../need.ts';
import { clientOf, versionOf, withClient } from './client.ts';
import { ping } from './ping.ts';

/**
 * A Redis or Valkey that somebody else runs. The database it names must be empty, and is emptied
 * again when the run ends; runs take turns on it.
 *
 * @throws NotRun when nothing answers there, it is not as the claim needs it, or its database holds keys
 * that are not ours.
 */
export async function redisAt(url: string, need: BrokerNeed): Promise<Broker> {
  const shown = withoutPassword(url);
  const { hostname, port, username, password, protocol, pathname } = new URL(url);
  const isAsItComes =
    need.topology === 'single' && need.config === undefined && need.login === undefined;
  if (!isAsItComes || need.tls !== (protocol === 'rediss:')) {
    throw new NotRun(
      `the claim needs a broker that is set up for it; the one at ${shown} is not ours to set up`,
    );
  }
  const address = {
    host: hostname.replaceAll(/[[\]]/g, ''),
    port: Number(port || 6379),
    tls: need.tls,
  };
  const login: Login =
    password === ''
      ? 'anonymous'
      : { user: decodeURIComponent(username), password: decodeURIComponent(password) };
  const database = Number(pathname.slice(1) || 0);
  const found = await withClient(address, login, versionOf).catch((error: unknown) => {
    throw new NotRun(`nothing answers at ${shown}: ${String(error)}`);
  });
  if (!isOfVersion(found, need.version)) {
    throw new NotRun(
      `the claim needs ${need.version ?? ''}; ${found.kind} ${found.version} answers at ${shown}`,
    );
  }
  const keys = await withClient(address, login, async (client) => {
    await client.select(database);
    return client.dbsize();
  });
  if (keys > 0) {
    throw new NotRun(`the database of ${shown} holds ${keys} keys; name an empty one, such as /15`);
  }
  const refuse = () => Promise.reject(new NotRun('a broker given by URL is not ours to break'));
  return {
    ...found,
    how: 'url',
    topology: 'single',
    tls: need.tls,
    config: {},
    url,
    urlInside: isLoopback(hostname) ? undefined : url,
    host: address.host,
    port: address.port,
    nodes: [{ ...address, role: 'primary' }],
    certificateAuthority: undefined,
    env: {},
    connect: () => clientOf(address, login, database),
    throughProxy: refuse,
    break: refuse,
    restore: refuse,
    failover: refuse,
    async lost() {
      const failure = await ping(address, 10_000).then(() => undefined, String);
      return failure && `the broker gave way in the middle of the run: ${failure}`;
    },
    async [Symbol.asyncDispose]() {
      await withClient(address, login, async (client) => {
        await client.select(database);
        await client.flushdb();
      });
    },
  };
}

function withoutPassword(url: string): string {
  const copy = new URL(url);
  copy.username = '';
  copy.password = '';
  return copy.href;
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
}
