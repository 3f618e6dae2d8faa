import { storeOf, type JobQueue } from './job-queue.ts';

/** What can be done to jobs: failed ones are retried, delayed ones promoted. */
export type Action = 'retry' | 'remove' | 'promote';

/** A job that something is to be done to. */
export interface Target {
  readonly queue: JobQueue;
  readonly id: string;
  /** The state it was seen in. */
  readonly state: string;
  /** When it had failed then, in epoch milliseconds: one that failed again since is another failure. */
  readonly failedAt?: number;
}

/** What came of it. */
export interface Outcome {
  /** The id of the queue. */
  readonly queue: string;
  readonly job: string;
  /** `moved`: the job is in another state by now, and nothing was done. `gone`: it is no more. */
  readonly outcome: 'done' | 'moved' | 'gone' | 'failed';
  /** Why nothing was done. */
  readonly says?: string;
}

/** What a backend of BullMQ does to one job. A whole job would have to be read with its data. */
interface Backend {
  readonly getState: (id: string) => Promise<string>;
  readonly retryFinishedJob: (
    job: { readonly id: string; readonly opts: { readonly lifo?: boolean } },
    state: 'failed',
  ) => Promise<void>;
  readonly remove: (id: string, removeChildren: boolean) => Promise<number>;
  readonly promote: (id: string) => Promise<unknown>;
}

/**
 * Does something to one job, if it is still as it was seen. Never throws; doing it twice does nothing
 * the second time. Retrying and promoting are decided by the broker; before a job is removed its state
 * is asked, and a job that moves in between is removed nevertheless, unless a worker has it.
 */
export async function act(action: Action, target: Target): Promise<Outcome> {
  const { queue, id, state } = target;
  const about = { queue: queue.id, job: id };
  try {
    const backend = queue.queue.getBackend() as unknown as Backend;
    const now = await backend.getState(id);
    if (now === 'unknown') return { ...about, outcome: 'gone', says: 'it is no more' };
    if (now !== state) return { ...about, outcome: 'moved', says: `it is ${now} by now` };
    const failure = state === 'failed' ? await failureOf(queue, id) : undefined;
    if (target.failedAt !== undefined && failure?.failedAt !== target.failedAt) {
      return { ...about, outcome: 'moved', says: 'it failed again since it was looked at' };
    }
    if (action === 'retry') {
      await backend.retryFinishedJob({ id, opts: { lifo: failure?.lifo ?? false } }, 'failed');
    } else if (action === 'promote') await backend.promote(id);
    else if ((await backend.remove(id, true)) === 0) {
      return { ...about, outcome: 'failed', says: 'a worker has it, or one of its children' };
    }
    return { ...about, outcome: 'done' };
  } catch (error) {
    return { ...about, ...explain(error) };
  }
}

function explain(error: unknown): Pick<Outcome, 'outcome' | 'says'> {
  const { code, message } = error as { code?: unknown; message?: string };
  // The codes of BullMQ: https://api.docs.bullmq.io/enums/v6.ErrorCode.html
  if (code === -1) return { outcome: 'gone', says: 'it is no more' };
  if (code === -3) return { outcome: 'moved', says: 'it moved in this moment' };
  if (code === -8) return { outcome: 'failed', says: 'it belongs to a scheduler of jobs' };
  return { outcome: 'failed', says: message ?? String(error) };
}

const failureScript = `
local score = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not score then return false end
local key = KEYS[2] .. ARGV[1]
if redis.call('HSTRLEN', key, 'opts') > 65536 then return {score, ''} end
return {score, redis.call('HGET', key, 'opts') or ''}
`;

/** When a job failed, and whether its options want it at the end of the queue that workers take from. */
async function failureOf(
  queue: JobQueue,
  id: string,
): Promise<{ failedAt: number; lifo: boolean } | undefined> {
  const store = await storeOf(queue);
  if (store.kind === 'postgres') {
    const [row] = await store.ask<{ failed: string; lifo: boolean }>(
      `select finished_at_ms as failed, coalesce(opts ->> 'lifo', '') = 'true' as lifo
       from job where queue = $1 and id = $2 and state = 'failed'`,
      [queue.name, id],
    );
    return row && { failedAt: Number(row.failed), lifo: row.lifo };
  }
  const { keyOf, run } = store.scripts;
  const keys = [keyOf('failed'), keyOf('')];
  const found = await run('poolproofFailureOf', failureScript, 2, [...keys, id]);
  if (found === null) return undefined;
  const [score, opts] = found as [string, string];
  return { failedAt: Number(score), lifo: isLifo(opts) };
}

function isLifo(opts: string): boolean {
  try {
    return (JSON.parse(opts) as { lifo?: unknown } | null)?.lifo === true;
  } catch {
    return false;
  }
}
