import type { Ask } from './job-queue.ts';
import {
  longestData,
  longestReason,
  type Range,
  type ScannedJob,
  type Slice,
  type State,
} from './scanned-job.ts';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly state: State;
  readonly added: string;
  readonly finished: string | null;
  readonly attempts: number;
  readonly reason: string | null;
  readonly bytes: number;
  readonly data: string | null;
}

const columns = `id, left(name, 200) as name,
  case when state = 'waiting' and priority > 0 then 'prioritized' else state::text end as state,
  added_at_ms as added, finished_at_ms as finished, attempts_made as attempts,
  left(failed_reason, ${longestReason}) as reason, pg_column_size(data) as bytes`;
/** What is large even as it is stored is not unpacked to be measured. */
const data = `case when pg_column_size(data) <= ${longestData} then
  case when octet_length(data::text) <= ${longestData} then data::text end end as data`;
const noData = 'null as data';

/** How a state is told in the table, and in which order its jobs are looked at. */
const kept: Readonly<Record<State, readonly [where: string, order: string]>> = {
  failed: [`state = 'failed'`, 'finished_at_ms desc'],
  completed: [`state = 'completed'`, 'finished_at_ms desc'],
  active: [`state = 'active'`, 'seq desc'],
  waiting: [`state = 'waiting' and priority = 0`, 'seq desc'],
  delayed: [`state = 'delayed'`, 'process_at_ms'],
  prioritized: [`state = 'waiting' and priority > 0`, 'priority, seq'],
  'waiting-children': [`state = 'waiting-children'`, 'seq desc'],
};

/** A slice of the jobs of a queue in PostgreSQL. Nothing that somebody typed is part of the SQL. */
export async function scanPostgres(
  ask: Ask,
  name: string,
  state: State,
  { start, length }: Range,
  wantsData: boolean,
): Promise<Slice> {
  const [where, order] = kept[state];
  const [counted] = await ask<{ total: string }>(
    `select count(*) as total from job where queue = $1 and ${where}`,
    [name],
  );
  const rows = await ask<Row>(
    `select ${columns}, ${wantsData ? data : noData} from job
     where queue = $1 and ${where} order by ${order} offset $2 limit $3`,
    [name, start, length],
  );
  return { total: Number(counted?.total ?? 0), jobs: rows.map(jobOf) };
}

/** Those of some jobs that are there. */
export async function findInPostgres(
  ask: Ask,
  name: string,
  ids: readonly string[],
  wantsData: boolean,
): Promise<ScannedJob[]> {
  const rows = await ask<Row>(
    `select ${columns}, ${wantsData ? data : noData} from job where queue = $1 and id = any($2)`,
    [name, ids],
  );
  return rows.map(jobOf);
}

function jobOf({
  id,
  name,
  state,
  added,
  finished,
  attempts,
  reason,
  bytes,
  data,
}: Row): ScannedJob {
  return {
    id,
    name,
    state,
    addedAt: Number(added),
    ...(finished !== null && { finishedAt: Number(finished) }),
    attempts,
    failedReason: reason ?? '',
    dataBytes: bytes,
    ...(data !== null && { data }),
  };
}
