import { limits, type FailedJob, type FailedWindow, type WholeFailure } from './failed-job.ts';
import type { Ask } from './job-queue.ts';

interface Row {
  readonly queue: string;
  readonly id: string;
  readonly name: string;
  readonly failed: string | null;
  readonly added: string | null;
  readonly attempts: number;
  readonly worker: string | null;
  readonly reason: string | null;
  readonly stack: string | null;
}

const columns = `queue, id, left(name, 200) as name, finished_at_ms as failed, added_at_ms as added,
  attempts_made as attempts, left(processed_by, 200) as worker,
  left(failed_reason, ${limits.reason}) as reason, 
  substr(stacktrace ->> -1, greatest(1, strpos(stacktrace ->> -1, E'\\n    at ')), ${limits.stack}) as stack`;

/**
 * The newest failed jobs of queues of one schema, by the names of the queues. Those of which nothing
 * has changed are not read again.
 */
export async function readPostgresWindows(
  ask: Ask,
  names: readonly string[],
  limit: number,
  known: ReadonlyMap<string, FailedWindow>,
): Promise<Map<string, FailedWindow>> {
  const counted = await ask<{ queue: string; failed: string; newest: string | null }>(
    `select queue, count(*) as failed, max(finished_at_ms) as newest
     from job where state = 'failed' and queue = any($1) group by queue`,
    [names],
  );
  const states = new Map(
    counted.map(({ queue, failed, newest }) => [
      queue,
      { failed: Number(failed), stamp: `${failed} ${newest ?? ''}` },
    ]),
  );
  const windows = new Map<string, FailedWindow>();
  for (const name of names) {
    const { failed, stamp } = states.get(name) ?? { failed: 0, stamp: '0 ' };
    const same = known.get(name);
    windows.set(name, same?.stamp === stamp ? same : { failed, stamp, jobs: [] });
  }
  const changed = names.filter((name) => {
    const window = windows.get(name);
    return window !== known.get(name) && window?.failed !== 0;
  });
  if (changed.length === 0) return windows;
  const rows = await ask<Row>(
    `select job.* from unnest($1::text[]) as wanted(name) cross join lateral (
       select ${columns} from job where job.queue = wanted.name and state = 'failed'
       order by finished_at_ms desc limit $2) as job`,
    [changed, limit],
  );
  for (const [name, ofQueue] of Map.groupBy(rows, ({ queue }) => queue)) {
    const window = windows.get(name);
    if (window) windows.set(name, { ...window, jobs: ofQueue.map(jobOf) });
  }
  return windows;
}

/** One failed job with all of its stacks; undefined when it is not failed, or gone. */
export async function readPostgresFailure(
  ask: Ask,
  name: string,
  id: string,
): Promise<WholeFailure | undefined> {
  const [row] = await ask<Row & { stacks: unknown; whole: string | null }>(
    `select ${columns}, left(failed_reason, ${limits.readReason}) as whole,
       case when length(stacktrace::text) <= ${limits.readStacks} then stacktrace end as stacks
     from job where queue = $1 and id = $2 and state = 'failed'`,
    [name, id],
  );
  if (!row) return undefined;
  const { stacks, whole } = row;
  const stacktrace = Array.isArray(stacks) ? stacks.filter((one) => typeof one === 'string') : [];
  return { ...jobOf(row), failedReason: whole ?? '', stack: stacktrace.at(-1) ?? '', stacktrace };
}

function jobOf({ id, name, failed, added, attempts, worker, reason, stack }: Row): FailedJob {
  return {
    id,
    name,
    failedAt: Number(failed),
    addedAt: Number(added),
    attempts,
    ...(worker !== null && { processedBy: worker }),
    failedReason: reason ?? '',
    stack: stack ?? '',
  };
}
