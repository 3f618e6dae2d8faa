import pg from 'pg';
import { expect, test } from 'vitest';
import { databaseAt, embeddedBroker } from './open.ts';

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end();
  }
}

test('an embedded broker, and a database of its own on a server by URL, last as long as their run', async () => {
  await using server = await embeddedBroker();
  expect(server).toMatchObject({ kind: 'postgres', how: 'embedded' });
  expect(server.version).toMatch(/^\d+/);
  let url: string;
  {
    await using broker = await databaseAt(server.url);
    url = broker.url;
    expect(broker).toMatchObject({ kind: 'postgres', how: 'url' });
    expect(await answers(url)).toBe(true);
  }
  expect(await answers(url)).toBe(false);
  expect(await answers(server.url)).toBe(true);
});
