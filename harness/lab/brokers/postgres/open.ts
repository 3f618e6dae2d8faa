import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../../../worker/postgres/embedded.ts';
import { Breakable } from '../../faults/breakable.ts';
import { NotRun } from '../../not-run.ts';
import type { Broker } from '../broker.ts';

const refuse = () =>
  Promise.reject(new NotRun('PostgreSQL as a broker is broken by faults of the network alone'));

/**
 * A PostgreSQL server from npm for one run alone.
 *
 * @throws NotRun when it does not start: it wants a user that the system knows, say.
 */
export async function embeddedBroker(): Promise<Broker> {
  const server = await startEmbeddedPostgres().catch((error: unknown) => {
    const lines = (error instanceof Error ? error.message : String(error)).trim().split(/\r?\n/);
    throw new NotRun(
      `the embedded PostgreSQL does not start: ${lines.at(-1) ?? ''}; type: --broker native`,
    );
  });
  return postgresBroker('embedded', server.url, async () => {
    await server[Symbol.asyncDispose]();
  });
}

/**
 * A database of its own on a server that somebody else runs, dropped when the run ends.
 *
 * @throws NotRun when the server does not answer or lets nobody create a database.
 */
export async function databaseAt(url: string): Promise<Broker> {
  const name = `poolproof_${randomBytes(6).toString('hex')}`;
  await query(url, `CREATE DATABASE ${name}`).catch((error: unknown) => {
    throw new NotRun(`no database could be made at ${new URL(url).host}: ${String(error)}`);
  });
  const own = new URL(url);
  own.pathname = `/${name}`;
  return postgresBroker('url', own.href, async () => {
    await query(url, `DROP DATABASE ${name} WITH (FORCE)`);
  });
}

async function postgresBroker(
  how: 'embedded' | 'url',
  url: string,
  stop: () => Promise<void>,
): Promise<Broker> {
  const [row] = await query<{ server_version: string }>(url, 'SHOW server_version');
  const { hostname, port } = new URL(url);
  const address = { host: hostname, port: Number(port || 5432) };
  const breakable = new Breakable(address, refuse);
  return {
    kind: 'postgres',
    how,
    topology: 'single',
    tls: false,
    config: {},
    nodes: [{ ...address, role: 'primary' }],
    certificateAuthority: undefined,
    env: {},
    connect() {
      throw new Error('run.redis: the broker is PostgreSQL. Write "needs: redis".');
    },
    version: row?.server_version ?? 'unknown',
    get url() {
      const own = new URL(url);
      own.port = `${breakable.port}`;
      return breakable.isProxied ? own.href : url;
    },
    urlInside: undefined,
    host: hostname,
    get port() {
      return breakable.port;
    },
    throughProxy: () => breakable.throughProxy(),
    break: (fault) => breakable.break(fault),
    restore: () => breakable.restore(),
    failover: refuse,
    lost: async () => {
      if (breakable.isBroken) return undefined;
      const failure = await query(url, 'SELECT 1').then(() => undefined, String);
      return failure && `the broker gave way in the middle of the run: ${failure}`;
    },
    async [Symbol.asyncDispose]() {
      await breakable[Symbol.asyncDispose]();
      await stop();
    },
  };
}

async function query<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}
