import type { EventEmitter } from 'node:events';
import pg from 'pg';

/** How long a connection may take before the database counts as down, in milliseconds. */
const connectionTimeoutMillis = 3000;

export interface DatabaseOptions {
  /** Transactions and imports at once; further ones wait for three seconds. Default: 5. */
  readonly atOnce?: number;
}

/** Connections to the database of the positions. Ended by disposal. */
export interface Database extends AsyncDisposable {
  readonly pool: pg.Pool;
  /** Runs work in one transaction: committed when it returns, rolled back when it throws. */
  readonly inTransaction: <T>(work: (client: pg.PoolClient) => Promise<T>) => Promise<T>;
  /** Runs work on one connection, held from its first query to its last. */
  readonly onConnection: <T>(work: (client: pg.PoolClient) => Promise<T>) => Promise<T>;
}

/** Opens the database. Nothing is connected until the first query. */
export function openDatabase(url: string, { atOnce = 5 }: DatabaseOptions = {}): Database {
  const pool = openPool(url, 5);
  // Of their own: a transaction that waits for a plain query must never hold its last connection.
  const transactions = openPool(url, atOnce);
  return {
    pool,
    inTransaction: (work) => onConnection(transactions, (client) => transactionOn(client, work)),
    onConnection: (work) => onConnection(transactions, work),
    [Symbol.asyncDispose]: async () => {
      await Promise.all([pool.end(), transactions.end()]);
    },
  };
}

function openPool(connectionString: string, max: number): pg.Pool {
  const pool = new pg.Pool({ connectionString, connectionTimeoutMillis, max, keepAlive: true });
  // An idle connection that breaks is replaced by the pool.
  pool.on('error', () => undefined);
  hearErrors(pool);
  return pool;
}

/**
 * Keeps errors of connections from ending the process. The pool listens for those of idle ones alone,
 * and whoever is handed one can listen only a moment later, when the server may be gone already.
 * Their queries fail all the same.
 */
export function hearErrors(pool: EventEmitter): void {
  pool.on('connect', (client: pg.ClientBase) => {
    client.on('error', () => undefined);
  });
}

/** Connections whose transaction could not be rolled back. */
const unusable = new WeakSet<pg.PoolClient>();

async function onConnection<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  const onError = () => void unusable.add(client);
  client.on('error', onError);
  try {
    return await work(client);
  } finally {
    client.off('error', onError);
    client.release(unusable.has(client));
  }
}

/** Runs work in one transaction of a connection that the caller holds. */
export async function transactionOn<T>(
  client: pg.PoolClient,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => unusable.add(client));
    throw error;
  }
}
