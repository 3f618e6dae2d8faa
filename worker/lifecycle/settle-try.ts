import pWaitFor from 'p-wait-for';
import type { Database } from '../database/open.ts';
import { isOutage, isPermanent } from '../database/is-down.ts';
import { attemptsAtMost, retryDelayMs } from '../settings.ts';

/** How long a database that went away in the middle of a try is waited for, to say so, in milliseconds. */
const outageDeadlineMs = 5000;

/**
 * Notes how a try of an import went wrong: given back, to be tried again in a while, or failed for
 * good. Does nothing to an import that ended all the same, or was cancelled.
 * @throws the error when the database went away: that is no attempt.
 */
export async function settleTry(
  { pool }: Database,
  id: string,
  error: unknown,
  signal: AbortSignal | undefined,
): Promise<void> {
  const giveBack = () =>
    pool.query(
      `update poolproof.imports set state = 'waiting', runner = null
       where id = $1 and state = 'running'`,
      [id],
    );
  if (signal?.aborted) {
    await giveBack();
    return;
  }
  if (isOutage(error)) {
    // Where this cannot be said, the start of the server tells, or else it counts as an attempt.
    await pWaitFor(() => giveBack().then(Boolean, () => false), {
      interval: 250,
      timeout: { milliseconds: outageDeadlineMs, fallback: () => undefined },
    });
    throw error;
  }
  await pool.query(
    `update poolproof.imports
     set attempts = attempts + 1, reason = $2, runner = null,
       state = case when $3 or attempts + 1 >= $4 then 'failed' else 'waiting' end,
       finished_at = case when $3 or attempts + 1 >= $4 then now() end,
       not_before = now() + make_interval(secs => $5::float / 1000 * 2 ^ attempts)
     where id = $1 and state = 'running'`,
    [id, describeError(error), isPermanent(error), attemptsAtMost, retryDelayMs],
  );
}

function describeError(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  // PostgreSQL's text has no such character.
  return text.replaceAll('\0', '\u{FFFD}');
}
