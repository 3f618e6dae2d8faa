import type { EventEmitter } from 'node:events';
import {
  assertSchemaCompatibility,
  PostgresConnection,
  PostgresQueueBackend,
  Queue,
  type IQueueBackend,
} from 'bullmq';
import pg from 'pg';
import { hearErrors } from '../../worker/database/open.ts';
import { isWanted, type QueueSource, type Wanted } from './source.ts';

const connectionTimeoutMillis = 3000;
/** Queries at once, for all queues of a schema: a poll asks each of them six things. */
const connections = 4;

/** The schemas that BullMQ 6 has set up: its tables, among them its own ledger of migrations. */
const schemasSql = `
  select n.nspname as schema
    from pg_catalog.pg_namespace n
   where has_schema_privilege(n.oid, 'usage')
     and (select count(*) from pg_catalog.pg_class c
           where c.relnamespace = n.oid and c.relkind in ('r', 'p')
             and c.relname in ('migration', 'meta', 'job', 'job_dependency')) = 4
   order by 1`;

/** A queue has a row of meta once somebody opened it, and jobs from the first one on; the latter by steps over the index. */
const queuesSql = (schema: string) => `
  with recursive named as (
    (select queue from ${schema}.job order by queue limit 1)
    union all
    select (select j.queue from ${schema}.job j where j.queue > n.queue order by j.queue limit 1)
      from named n where n.queue is not null
  )
  select queue from named where queue is not null
  union select queue from ${schema}.meta where field <> ''`;

/**
 * BullMQ remembers that a first connection failed, and never tries again; this one does. It never
 * migrates: a schema belongs to the application that made it.
 */
class SchemaConnection extends PostgresConnection {
  #ready: Promise<void> | undefined;

  constructor(url: string, schema: string) {
    super({
      connectionString: url,
      schema,
      connectionTimeoutMillis,
      max: connections,
      keepAlive: true,
    });
    hearErrors(this.pool as unknown as EventEmitter);
    this.on('error', () => undefined);
  }

  override async waitUntilReady(): Promise<void> {
    this.#ready ??= this.#check().catch((error: unknown) => {
      this.#ready = undefined;
      throw error;
    });
    await this.#ready;
  }

  async #check(): Promise<void> {
    const client = await this.pool.connect();
    try {
      await assertSchemaCompatibility(client, this.schema);
    } finally {
      client.release();
    }
    setImmediate(() => this.emit('ready'));
  }
}

/** The queues of a PostgreSQL database: of every schema that BullMQ has set up there. */
export function postgresSource(url: string, wanted: Wanted): QueueSource {
  const pool = new pg.Pool({
    connectionString: url,
    connectionTimeoutMillis,
    max: 1,
    keepAlive: true,
  });
  pool.on('error', () => undefined);
  hearErrors(pool);
  const schemas = new Map<string, SchemaConnection>();
  let found = 0;
  let looked = false;
  return {
    usualPrefix: 'bullmq',
    look: async () => {
      const { rows } = await pool.query<{ schema: string }>(schemasSql);
      const places = [];
      for (const { schema } of rows) {
        const queues = await queuesOf(pool, schema);
        places.push(...queues.map((name) => ({ prefix: schema, name })));
      }
      found = rows.length;
      looked = true;
      return places.filter((place) => isWanted(wanted, place));
    },
    state: () => ({ complete: looked, looked: `all schemas of the database; ${found} of BullMQ` }),
    open: ({ prefix, name }) => {
      const connection = schemas.get(prefix) ?? new SchemaConnection(url, prefix);
      schemas.set(prefix, connection);
      const backend = (queueName: string, options: object) =>
        new PostgresQueueBackend(
          connection,
          queueName,
          { ...options, connection: {} },
          false,
        ) as unknown as IQueueBackend;
      const queue = new Queue(name, { connection: {}, skipMetasUpdate: true }, backend as never);
      queue.on('error', () => undefined);
      return Promise.resolve({ queue });
    },
    ping: async () => {
      await pool.query('select 1');
    },
    examine: async () => {
      const { rows } = await pool.query<{ standby: boolean; readonly: string }>(
        `select pg_is_in_recovery() as standby, current_setting('default_transaction_read_only') as readonly`,
      );
      const [row] = rows;
      return row?.standby === true || row?.readonly === 'on'
        ? [
            {
              level: 'down' as const,
              reason:
                'This PostgreSQL is a standby or read-only: jobs can be looked at, not added, taken or retried. Connect to the primary.',
            },
          ]
        : [];
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([pool.end(), ...[...schemas.values()].map((one) => one.close())]);
    },
  };
}

async function queuesOf(pool: pg.Pool, schema: string): Promise<string[]> {
  try {
    const { rows } = await pool.query<{ queue: string }>(queuesSql(pg.escapeIdentifier(schema)));
    return rows.map(({ queue }) => queue);
  } catch (error) {
    // No right to read it, or it was dropped meanwhile: it is not ours to show.
    const { code } = error as { code?: string };
    if (code === '42501' || code === '42P01' || code === '42703') return [];
    throw error;
  }
}
