import { Cluster, Redis, type RedisOptions } from 'ioredis';
import type { RedisAddress } from './broker-url.ts';

/** One connection to a broker, for all queues: to a server, or to a whole cluster. */
export type RedisClient = Redis | Cluster;

/** How long a command may take, in milliseconds. Reads of a page are answered in a few. */
const commandTimeout = 5000;

const options = {
  // Commands kept for later would be answered to nobody.
  enableOfflineQueue: false,
  maxRetriesPerRequest: 1,
  connectTimeout: 3000,
  // A server that loads its data says so, rather than nothing.
  enableReadyCheck: false,
  commandTimeout,
  retryStrategy: (times: number) => Math.min(100 * 2 ** (times - 1), 2000),
  connectionName: 'poolproof-dashboard',
} satisfies RedisOptions;

/**
 * Connects to a Redis, and goes on trying while it is away. Whether it is a cluster is found out as soon
 * as it answers.
 */
export class RedisLink implements AsyncDisposable {
  readonly #server: Redis;
  #cluster: Cluster | undefined;
  #kind: 'unknown' | 'server' | 'cluster' = 'unknown';
  #lastError: Error | undefined;

  constructor(address: RedisAddress) {
    this.#server = open(address);
    this.#server.on('error', (error: Error) => (this.#lastError = error));
  }

  /**
   * The connection, when it is up.
   * @throws Error with the reason of the last failure while it is not.
   */
  async client(): Promise<RedisClient> {
    if (this.#kind === 'unknown') await this.#findOut();
    const client = this.#cluster ?? this.#server;
    if (client.status !== 'ready')
      throw this.#lastError ?? new Error('the broker is not connected yet');
    return client;
  }

  /** The servers that hold keys: one, or the masters of a cluster. */
  async nodes(): Promise<Redis[]> {
    const client = await this.client();
    return client instanceof Cluster ? client.nodes('master') : [client];
  }

  async #findOut(): Promise<void> {
    if (this.#server.status !== 'ready') {
      throw this.#lastError ?? new Error('the broker is not connected yet');
    }
    // Whoever may not ask for INFO is taken at the word of the URL.
    const info = await this.#server.info('cluster').catch(() => '');
    if (!info.includes('cluster_enabled:1')) {
      this.#kind = 'server';
      return;
    }
    this.#cluster ??= clusterOf(this.#server, (error) => (this.#lastError = error));
    if (this.#cluster.status !== 'ready') {
      throw this.#lastError ?? new Error('the cluster is not connected yet');
    }
    this.#kind = 'cluster';
    this.#server.disconnect();
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#server.disconnect();
    this.#cluster?.disconnect();
    return Promise.resolve();
  }
}

function open(address: RedisAddress): Redis {
  if (address.kind === 'redis') return new Redis(address.url, options);
  const { sentinels, master, db, username, password } = address.sentinel;
  return new Redis({
    ...options,
    sentinels: [...sentinels],
    name: master,
    db,
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
  });
}

function clusterOf(server: Redis, onError: (error: Error) => void): Cluster {
  const { host = '127.0.0.1', port = 6379, username, password, tls } = server.options;
  const cluster = new Cluster([{ host, port }], {
    redisOptions: {
      ...options,
      ...(username && { username }),
      ...(password && { password }),
      ...(tls && { tls }),
    },
    enableOfflineQueue: false,
    clusterRetryStrategy: (times) => Math.min(100 * 2 ** (times - 1), 2000),
    // Certificates of managed clusters name hosts, not addresses.
    ...(tls && {
      dnsLookup: (address: string, callback: (error: null, address: string) => void) => {
        callback(null, address);
      },
    }),
  });
  cluster.on('error', onError);
  return cluster;
}
