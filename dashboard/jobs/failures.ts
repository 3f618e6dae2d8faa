import type { FailedWindow, WholeFailure } from './failed-job.ts';
import { storeOf, type Ask, type JobQueue } from './job-queue.ts';
import { readPostgresFailure, readPostgresWindows } from './postgres-failures.ts';
import { readRedisFailure, readRedisWindow } from './redis-failures.ts';

/** The failed jobs of a queue, or why they could not be read. */
export type Looked =
  | { readonly queue: JobQueue; readonly window: FailedWindow }
  | { readonly queue: JobQueue; readonly problem: string };

/**
 * Reads the newest failed jobs of queues, all at once. A queue that cannot be read takes none of the
 * others along.
 *
 * @param limit how many jobs of each queue.
 * @param known what was read before, by the ids of the queues.
 */
export async function readFailures(
  queues: readonly JobQueue[],
  limit: number,
  known: ReadonlyMap<string, FailedWindow> = new Map(),
): Promise<Looked[]> {
  const schemas = new Map<object, { ask: Ask; queues: JobQueue[] }>();
  const looked = await Promise.all(
    queues.map(async (queue): Promise<Looked[]> => {
      try {
        const store = await storeOf(queue);
        if (store.kind === 'redis') {
          return [
            { queue, window: await readRedisWindow(store.scripts, limit, known.get(queue.id)) },
          ];
        }
        const schema = schemas.get(store.pool) ?? { ask: store.ask, queues: [] };
        schema.queues.push(queue);
        schemas.set(store.pool, schema);
        return [];
      } catch (error) {
        return [{ queue, problem: reason(error) }];
      }
    }),
  );
  const inTables = await Promise.all(
    [...schemas.values()].map((schema) => readSchema(schema, limit, known)),
  );
  return [...looked.flat(), ...inTables.flat()];
}

async function readSchema(
  { ask, queues }: { ask: Ask; queues: readonly JobQueue[] },
  limit: number,
  known: ReadonlyMap<string, FailedWindow>,
): Promise<Looked[]> {
  const byName = new Map(
    queues.flatMap(({ id, name }) => {
      const window = known.get(id);
      return window ? [[name, window] as const] : [];
    }),
  );
  try {
    const names = queues.map(({ name }) => name);
    const windows = await readPostgresWindows(ask, names, limit, byName);
    return queues.map((queue) => ({
      queue,
      window: windows.get(queue.name) ?? { failed: 0, stamp: '', jobs: [] },
    }));
  } catch (error) {
    return queues.map((queue) => ({ queue, problem: reason(error) }));
  }
}

/** One failed job with all that it tells of its failure; undefined when it is not failed, or gone. */
export async function readFailure(queue: JobQueue, id: string): Promise<WholeFailure | undefined> {
  const store = await storeOf(queue);
  return store.kind === 'redis'
    ? readRedisFailure(store.scripts, id)
    : readPostgresFailure(store.ask, queue.name, id);
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
