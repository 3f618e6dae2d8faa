import type { PostgresQueueBackend, Queue } from 'bullmq';
import pg from 'pg';
import type { Counted } from '../sample.ts';
import { recentMs } from './redis.ts';

/** As much as is used of pg's. */
interface Pool {
  readonly query: (
    text: string,
    values?: readonly unknown[],
  ) => Promise<{ rows: Record<string, unknown>[] }>;
}

function connectionOf(queue: Queue) {
  // BullMQ has one backend or the other behind the same type.
  return (queue.getBackend() as unknown as Partial<PostgresQueueBackend>).connection;
}

export function postgresPoolOf(queue: Queue): Pool | undefined {
  return connectionOf(queue)?.pool;
}

/** Counts a queue in one query. */
export async function readPostgresQueue(pool: Pool, queue: Queue, now: number): Promise<Counted> {
  const schema = pg.escapeIdentifier(connectionOf(queue)?.schema ?? 'bullmq');
  const { rows } = await pool.query(
    `select
       count(*) filter (where state = 'waiting')::integer as waiting,
       count(*) filter (where state = 'active')::integer as active,
       count(*) filter (where state = 'delayed')::integer as delayed,
       count(*) filter (where state = 'failed')::integer as failed,
       count(*) filter (where state = 'completed')::integer as completed,
       count(*) filter (where state = 'failed' and finished_at_ms >= $2)::integer as failed_lately,
       count(*) filter (where state = 'completed' and finished_at_ms >= $2)::integer as completed_lately,
       count(*) filter (where state = 'active' and locked_until_ms < $3)::integer as stalled,
       min(added_at_ms + coalesce(delay_ms, 0)) filter (where state = 'waiting')::float8 as oldest
     from ${schema}.job where queue = $1`,
    [queue.name, now - recentMs, now],
  );
  const row = rows[0] ?? {};
  const count = (name: string) => Number(row[name] ?? 0);
  return {
    isPaused: await queue.isPaused(),
    waiting: count('waiting'),
    active: count('active'),
    delayed: count('delayed'),
    failed: count('failed'),
    completed: count('completed'),
    recent: { failed: count('failed_lately'), completed: count('completed_lately') },
    stalled: count('stalled'),
    oldestWaitingSeconds: row.oldest === null ? 0 : Math.max(0, (now - count('oldest')) / 1000),
  };
}
