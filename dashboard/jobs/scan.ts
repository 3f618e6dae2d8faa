import { storeOf, type JobQueue } from './job-queue.ts';
import { findInPostgres, scanPostgres } from './postgres-scan.ts';
import { findInRedis, scanRedis } from './redis-scan.ts';
import { states, type Range, type ScannedJob, type Slice, type State } from './scanned-job.ts';

/** A slice of the jobs of a queue in a state. */
export async function scan(
  queue: JobQueue,
  state: State,
  range: Range,
  wantsData: boolean,
): Promise<Slice> {
  const store = await storeOf(queue);
  return store.kind === 'redis'
    ? scanRedis(store.scripts, state, range, wantsData)
    : scanPostgres(store.ask, queue.name, state, range, wantsData);
}

/** Those jobs of a queue that have one of the ids. */
export async function findById(
  queue: JobQueue,
  ids: readonly string[],
  wantsData: boolean,
): Promise<ScannedJob[]> {
  const store = await storeOf(queue);
  if (store.kind === 'postgres') return findInPostgres(store.ask, queue.name, ids, wantsData);
  const found = await findInRedis(store.scripts, ids, wantsData);
  const located = await Promise.all(
    found.map(async (job) => {
      const told: string = await queue.queue.getJobState(job.id);
      const state = states.find((one) => one === told);
      return state ? [{ ...job, state }] : [];
    }),
  );
  return located.flat();
}
