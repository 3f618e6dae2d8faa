// @ts-check
'use strict';

const { plain } = require('./plain.cjs');

/**
 * In a schema of its own beside BullMQ's. Whoever comes first makes it; two at once take turns by the
 * lock, since CREATE ... IF NOT EXISTS fails when another session has made the same in between.
 */
const create = `
select pg_advisory_xact_lock(7065020001);
create schema if not exists poolproof_registry;
create table if not exists poolproof_registry.worker (
  id text primary key,
  schema text not null,
  queue text not null,
  record jsonb not null,
  keep_ms bigint not null,
  beat_at timestamptz not null default now()
) with (fillfactor = 50);
create index if not exists worker_of_queue on poolproof_registry.worker (schema, queue);
create table if not exists poolproof_registry.command (
  worker text primary key,
  command text not null,
  expires_at timestamptz not null
);
delete from poolproof_registry.worker where beat_at < now() - keep_ms * interval '1 millisecond';
delete from poolproof_registry.command where expires_at < now();
`;

/** Only what is there: a heartbeat that is late must not bring back the record of a worker that left. */
const beat = `
with beat as (
  update poolproof_registry.worker set record = $2, keep_ms = $3, beat_at = now()
  where id = $1 returning id
), taken as (
  delete from poolproof_registry.command where worker = $1 returning command, expires_at
)
select (select count(*)::integer from beat) as beats,
  (select command from taken where expires_at > now()) as command
`;
const insert = `
insert into poolproof_registry.worker (id, record, keep_ms, schema, queue)
values ($1, $2, $3, $4, $5) on conflict (id) do nothing
`;

/**
 * @param {import('./parts.d.cts').Inner} worker
 * @param {import('./parts.d.cts').PoolLike} pool
 * @param {string} id
 * @returns {import('./parts.d.cts').Store}
 */
function openPostgresStore(worker, pool, id) {
  const schema = worker.getBackend?.().connection?.schema ?? 'bullmq';
  /** @type {Promise<unknown> | undefined} */
  let made;
  let removed = false;
  const make = () => {
    made ??= pool.query(create).catch((error) => {
      made = undefined;
      throw error;
    });
    return made;
  };
  return {
    isLive: () => pool.ending !== true,
    beat: async (json, keepMs) => {
      await make();
      const { rows } = await pool.query(beat, [id, json, keepMs]);
      if (rows[0]?.beats === 0 && !removed) {
        await pool.query(insert, [id, json, keepMs, schema, worker.name]);
      }
      const command = rows[0]?.command;
      return typeof command === 'string' ? command : undefined;
    },
    remove: () => {
      removed = true;
      return pool.query('delete from poolproof_registry.worker where id = $1', [id]);
    },
    remote: () => {
      const { options } = pool;
      // Not listed among the others, so that it is not printed with them.
      const password = options?.password;
      if (!options || typeof password === 'function') return undefined;
      return {
        kind: 'postgres',
        options: { ...plain(options), ...(password ? { password } : {}) },
      };
    },
  };
}

module.exports = { openPostgresStore };
