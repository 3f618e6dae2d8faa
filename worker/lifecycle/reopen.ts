import type { Database } from '../database/open.ts';
import { hasRunner } from './portfolio-lock.ts';

/**
 * Opens an import again that was rejected, cancelled or has failed: its tries are counted anew, and
 * its turn in the portfolio is now, since it was accepted before those that wait.
 * @returns the number of the job that is to carry it; undefined when there is nothing to try again.
 */
export async function reopenImport(
  { pool }: Pick<Database, 'pool'>,
  id: string,
): Promise<number | undefined> {
  const reopened = await pool.query<{ carried: number }>(
    `update poolproof.imports
     set state = 'waiting', attempts = 0, lost = 0, reason = null, not_before = null,
       closed_at = null, finished_at = null, rows = null, imported = null, bad_rows = '[]',
       bad_row_count = 0, carried = carried + 1, carried_at = now()
     where id = $1 and state in ('rejected', 'failed', 'cancelled')
     returning carried`,
    [id],
  );
  return reopened.rows[0]?.carried;
}

/**
 * Cancels an import that is not over. One that runs is stopped, and leaves nothing behind.
 * @returns false when it is over, or there is none.
 */
export async function cancelImport(database: Database, id: string): Promise<boolean> {
  return database.inTransaction(async (client) => {
    const cancelled = await client.query(
      `update poolproof.imports
       set state = 'cancelled', closed_at = now(), finished_at = now(), progress = null
       where id = $1 and state in ('waiting', 'running')`,
      [id],
    );
    if (cancelled.rowCount === 0) return false;
    await client.query(
      `select pg_terminate_backend(runner) from poolproof.imports where id = $1 and ${hasRunner}`,
      [id],
    );
    return true;
  });
}
