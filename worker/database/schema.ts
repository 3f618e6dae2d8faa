import type { Database } from './open.ts';

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

/** Taken while the tables are made: `create … if not exists` may fail when two do it at once. */
const schemaLock = 0x706f6f6c;

/** Creates what is missing of the tables. Safe to run from several processes at once. */
export async function createSchema(database: Database): Promise<void> {
  await database.inTransaction(async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [schemaLock]);
    await client.query(tables);
  });
}
