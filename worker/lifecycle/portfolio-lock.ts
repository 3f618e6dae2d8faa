import type { ClientBase } from 'pg';

/**
 * The lock that the transactions of imports take on their portfolio, here held by a session: from
 * before an import is said to run until after its end is known. Whoever gets it knows that nobody
 * runs an import of the portfolio, whatever its rows say.
 */
const key = 'hashtextextended($1, 1)';

/** A process that stands still, or a machine that is gone, must not keep a portfolio for ever. */
const limits = `set_config('idle_in_transaction_session_timeout', '120s', false),
  set_config('tcp_keepalives_idle', '30', false), set_config('tcp_keepalives_interval', '10', false),
  set_config('tcp_keepalives_count', '3', false)`;

/** Takes the lock of a portfolio, if nobody has it. */
export async function isPortfolioFree(client: ClientBase, portfolio: string): Promise<boolean> {
  const taken = await client.query<{ taken: boolean }>(
    `select pg_try_advisory_lock(${key}) as taken, ${limits}`,
    [portfolio],
  );
  return taken.rows[0]?.taken ?? false;
}

/** Gives the lock back. A connection that broke has lost it already. */
export async function leavePortfolio(client: ClientBase, portfolio: string): Promise<void> {
  await client.query(`select pg_advisory_unlock(${key})`, [portfolio]).catch(() => undefined);
}

const held = `select from pg_locks
  where locktype = 'advisory' and granted and objsubid = 1
    and database = (select oid from pg_database where datname = current_database())
    and (classid::bigint << 32 | objid::bigint) = hashtextextended(imports.portfolio, 1)`;

/** SQL: whether anybody holds the lock of an import's portfolio. */
export const isPortfolioBusy = `exists (${held})`;

/** SQL: whether the backend that runs an import still holds the lock of its portfolio. */
export const hasRunner = `exists (${held} and pid = imports.runner)`;
