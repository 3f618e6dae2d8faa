import pg from 'pg';

/** Asks a PostgreSQL server for an answer over a connection of its own. @throws when there is none. */
export async function pingPostgres(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1000 });
  // A connection lost between two steps is told of by the next one.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('SELECT 1');
  } finally {
    await client.end();
  }
}
