/**
 * What an import goes through from its acceptance to its end. The row is the truth; the job in the
 * queue only carries it to a worker, and may be lost, repeated or late.
 *
 * - `attempts`: tries that failed, or whose process ended. An outage of the database is none.
 * - `not_before`: when it may be tried again.
 * - `reason`: why the last try failed; of a failed import, why it did.
 * - `carried`, `carried_at`: which job carries it, counted from 1, and since when. `lost`: how many
 *   jobs were lost since it was accepted or last retried.
 * - `runner`, `running_since`, `server_start`: of whoever runs it, the backend that holds the lock of
 *   its portfolio, and the start of the server that it talks to.
 * - `closed_at`: set when it was cancelled, and looked at before its transaction commits.
 */
export const lifecycle = `
  alter table poolproof.imports
    add column if not exists attempts integer not null default 0,
    add column if not exists not_before timestamptz,
    add column if not exists reason text,
    add column if not exists carried integer not null default 1,
    add column if not exists carried_at timestamptz not null default now(),
    add column if not exists lost integer not null default 0,
    add column if not exists runner integer,
    add column if not exists running_since timestamptz,
    add column if not exists server_start timestamptz,
    add column if not exists closed_at timestamptz,
    add column if not exists progress jsonb;
  alter table poolproof.imports drop constraint if exists imports_state_check;
  alter table poolproof.imports add constraint imports_state_check check (state in
    ('waiting', 'running', 'done', 'rejected', 'failed', 'cancelled', 'undone'));

  drop index if exists poolproof.waiting_imports;
  create index if not exists open_imports on poolproof.imports (portfolio, number)
    where state in ('waiting', 'running');
  create index if not exists imports_of_portfolio on poolproof.imports (portfolio, number);
  create index if not exists imports_in_order on poolproof.imports (number);
`;
