/**
 * What is known of how a file was read, and what lets an import go on from where the last one ended.
 *
 * - `imports.reading`: what the caller said of the file. `known`: rows that the portfolio had already.
 *   `left_out`: rows that are no trades by their own account, counted by what they are. `outlook`: of a
 *   dry run, the positions as they would be.
 * - `imports.day_order`: how its rows of one day follow each other. Imports of earlier versions put
 *   buys first.
 * - `transactions.amount`: what the trade came to without fees, where it is not quantity × price.
 * - `positions.cost`, `last_traded_on`: where the position stands exactly. Null in
 *   positions of earlier versions: then they are worked out from all trades once more.
 */
export const reading = `
  alter table poolproof.imports
    add column if not exists reading jsonb not null default '{}',
    add column if not exists dry_run boolean not null default false,
    add column if not exists known integer not null default 0,
    add column if not exists left_out jsonb not null default '{}',
    add column if not exists unused_columns jsonb not null default '[]',
    add column if not exists outlook jsonb,
    add column if not exists day_order text not null default 'buys-first'
      check (day_order in ('buys-first', 'file', 'reversed'));
  alter table poolproof.transactions
    add column if not exists traded_at time,
    add column if not exists amount numeric check (amount >= 0),
    add column if not exists reference text;
  alter table poolproof.positions
    add column if not exists cost numeric,
    add column if not exists last_traded_on date;

  create unique index if not exists one_kept_import_per_file on poolproof.imports (portfolio, sha256)
    where state = 'done' and duplicate_of is null and not dry_run;
  drop index if exists poolproof.one_import_per_file;
  create index if not exists imports_in_order on poolproof.imports (number);
  create index if not exists trades_in_order on poolproof.transactions
    (portfolio, symbol, currency, traded_on);
  drop index if exists poolproof.transactions_in_order;
  create index if not exists positions_by_any_case on poolproof.positions
    (portfolio, lower(symbol));
`;
