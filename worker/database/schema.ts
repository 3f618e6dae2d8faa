import type { ClientBase } from 'pg';
import { lifecycle } from './lifecycle-schema.ts';
import type { Database } from './open.ts';
import { reading } from './reading-schema.ts';
import { sums } from './sums-schema.ts';

/**
 * Every number is `numeric`: exact, and as long as it needs to be.
 * A file is kept in pieces until its import is done: whichever machine the worker runs on, it finds
 * the file here, and no job carries more than an id.
 */
const tables = `
  create schema if not exists poolproof;

  create table if not exists poolproof.imports (
    id uuid primary key,
    number bigint generated always as identity,
    portfolio text not null,
    on_bad_row text not null check (on_bad_row in ('reject', 'skip')),
    idempotency_key text,
    sha256 text not null,
    bytes bigint not null,
    state text not null default 'waiting' check (state in ('waiting', 'done', 'rejected')),
    rows integer,
    imported integer,
    bad_rows jsonb not null default '[]',
    bad_row_count integer not null default 0,
    duplicate_of uuid references poolproof.imports,
    created_at timestamptz not null default now(),
    finished_at timestamptz,
    unique (portfolio, idempotency_key)
  );
  create unique index if not exists one_import_per_file on poolproof.imports (portfolio, sha256)
    where state = 'done' and duplicate_of is null;
  create index if not exists waiting_imports on poolproof.imports (created_at)
    where state = 'waiting';

  create table if not exists poolproof.import_pieces (
    import_id uuid not null references poolproof.imports on delete cascade,
    piece integer not null,
    content bytea not null,
    primary key (import_id, piece)
  );

  create table if not exists poolproof.transactions (
    import_number bigint not null,
    line integer not null,
    portfolio text not null,
    traded_on date not null,
    symbol text not null,
    side text not null check (side in ('buy', 'sell')),
    quantity numeric not null check (quantity > 0),
    price numeric not null check (price >= 0),
    fees numeric not null check (fees >= 0),
    currency text not null,
    primary key (import_number, line)
  );
  create index if not exists transactions_in_order on poolproof.transactions
    (portfolio, symbol, currency, traded_on, side, import_number, line);

  create table if not exists poolproof.positions (
    portfolio text not null,
    symbol text not null,
    currency text not null,
    quantity numeric not null,
    average_cost numeric not null,
    realised_gain numeric not null,
    primary key (portfolio, symbol, currency)
  );
`;

/**
 * What made the tables what they are, oldest first. A step is never changed once it was released:
 * what comes later is a step of its own, and a database of an older version takes those it lacks.
 */
export const schemaSteps: readonly string[] = [tables, lifecycle, reading, sums];

/** Taken while the tables are made: `create … if not exists` may fail when two do it at once. */
const schemaLock = 0x706f6f6c;

/**
 * Brings the tables up to date. Safe to run from several processes at once, and while imports run:
 * where nothing is to be done, no table is locked.
 */
export async function createSchema(database: Database): Promise<void> {
  if ((await versionOf(database.pool)) >= schemaSteps.length) return;
  await database.inTransaction(async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [schemaLock]);
    const version = await versionOf(client);
    for (const step of schemaSteps.slice(version)) await client.query(step);
    await client.query('create table if not exists poolproof.schema_version (version integer)');
    await client.query('delete from poolproof.schema_version');
    await client.query('insert into poolproof.schema_version values ($1)', [
      Math.max(version, schemaSteps.length),
    ]);
  });
}

/** How many steps a database has been through; 0 for an empty one, and for the first version's. */
async function versionOf(database: Pick<ClientBase, 'query'>): Promise<number> {
  const named = await database.query<{ there: boolean }>(
    `select to_regclass('poolproof.schema_version') is not null as there`,
  );
  if (!named.rows[0]?.there) return 0;
  const found = await database.query<{ version: number }>(
    'select version from poolproof.schema_version',
  );
  return found.rows[0]?.version ?? 0;
}
