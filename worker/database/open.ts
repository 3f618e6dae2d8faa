import pg from 'pg';

/** How long a connection may take before the database counts as down, in milliseconds. */
const connectionTimeoutMillis = 3000;

/** Connections to the database of the positions. Ended by disposal. */
export interface Database extends AsyncDisposable {
  readonly pool: pg.Pool;
  /** Runs work in one transaction: committed when it returns, rolled back when it throws. */
  readonly inTransaction: <T>(work: (client: pg.PoolClient) => Promise<T>) => Promise<T>;
}

/** Opens the database. Nothing is connected until the first query. */
export function openDatabase(url: string): Database {
  const pool = openPool(url);
  // Of their own: a transaction that waits for a plain query must never hold its last connection.
  const transactions = openPool(url);
  return {
    pool,
    inTransaction: (work) => inTransaction(transactions, work),
    [Symbol.asyncDispose]: async () => {
      await Promise.all([pool.end(), transactions.end()]);
    },
  };
}

function openPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString, connectionTimeoutMillis, max: 5, keepAlive: true });
  // An idle connection that breaks is replaced by the pool; unheard, the event would end the process.
  pool.on('error', () => undefined);
  return pool;
}

async function inTransaction<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const onError = (error: Error) => (broken = error);
  client.on('error', onError);
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((failed: unknown) => {
      broken ??= failed instanceof Error ? failed : new Error(String(failed));
    });
    throw error;
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
}
