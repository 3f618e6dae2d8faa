import type { Database } from '../database/open.ts';
import { attemptsAtMost, lossesAtMost } from '../settings.ts';
import { hasRunner, isPortfolioBusy } from './portfolio-lock.ts';

/** An import that is not over, and that nobody runs as far as the database knows. */
export interface IdleImport {
  readonly id: string;
  /** Which job carries it. */
  readonly carried: number;
  /** Whether somebody ran it and has ended. */
  readonly abandoned: boolean;
  /** Whether nobody is at work in its portfolio. */
  readonly deserted: boolean;
}

/** Imports looked at in one go, oldest first. */
const atOnce = 2000;

/** The imports that are not over, not running, and have had their job for so many seconds at least. */
export async function readIdleImports(
  { pool }: Pick<Database, 'pool'>,
  carriedForSeconds: number,
): Promise<IdleImport[]> {
  const found = await pool.query<IdleImport>(
    `select id, carried, state = 'running' as abandoned, not ${isPortfolioBusy} as deserted
     from poolproof.imports
     where state in ('waiting', 'running')
       and carried_at <= now() - make_interval(secs => $1)
       and coalesce(running_since, carried_at) <= now() - interval '1 second'
       and not (state = 'running' and ${hasRunner})
     order by number limit ${atOnce}`,
    [carriedForSeconds],
  );
  return found.rows;
}

/** Notes that a job was lost and the next one carries the import; after too many it has failed. */
export async function noteNextCarrier(
  { pool }: Pick<Database, 'pool'>,
  { id, carried }: IdleImport,
): Promise<void> {
  await pool.query(
    `update poolproof.imports
     set carried = $2 + 1, carried_at = now(), lost = lost + 1
     where id = $1 and carried = $2`,
    [id, carried],
  );
  await pool.query(
    `update poolproof.imports
     set state = 'failed', finished_at = now(), reason = $3
     where id = $1 and lost >= $2 and state in ('waiting', 'running')`,
    [
      id,
      lossesAtMost,
      `Its job was lost ${lossesAtMost} times over. Does the broker keep what it is given?`,
    ],
  );
}

/**
 * Notes why a job failed that should have carried an import. One that never came to run it counts as
 * a try; one whose process ended is counted when the next try begins.
 */
export async function noteFailedCarrier(
  { pool }: Pick<Database, 'pool'>,
  { id, carried }: IdleImport,
  reason: string,
): Promise<void> {
  await pool.query(
    `update poolproof.imports
     set reason = $3,
       attempts = attempts + case when state = 'waiting' then 1 else 0 end,
       state = case when state = 'waiting' and attempts + 1 >= $4 then 'failed' else state end,
       finished_at = case when state = 'waiting' and attempts + 1 >= $4 then now() end
     where id = $1 and carried = $2 and state in ('waiting', 'running')`,
    [id, carried, reason, attemptsAtMost],
  );
}
