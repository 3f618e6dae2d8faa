import { NotRun } from '../../not-run.ts';
import type { Broker } from '../broker.ts';
import { redisVersion, whyLost, withClient } from './open.ts';

/**
 * A Redis or Valkey that somebody else runs. The database it names must be empty, and is emptied
 * again when the run ends; runs take turns on it.
 *
 * @throws NotRun when nothing answers there, or its database holds keys that are not ours.
 */
export async function redisAt(url: string): Promise<Broker> {
  const shown = withoutPassword(url);
  const { kind, version } = await redisVersion(url).catch((error: unknown) => {
    throw new NotRun(`nothing answers at ${shown}: ${String(error)}`);
  });
  const keys = await withClient(url, (client) => client.dbsize());
  if (keys > 0) {
    throw new NotRun(`the database of ${shown} holds ${keys} keys; name an empty one, such as /15`);
  }
  const { hostname, port } = new URL(url);
  const refuse = () => Promise.reject(new NotRun('a broker given by URL is not ours to break'));
  return {
    kind,
    how: 'url',
    version,
    url,
    urlInside: isLoopback(hostname) ? undefined : url,
    host: hostname,
    port: Number(port || 6379),
    break: refuse,
    mend: refuse,
    lost: () => whyLost(url),
    async [Symbol.asyncDispose]() {
      await withClient(url, (client) => client.flushdb());
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
