import { z } from 'zod';
import type { ObservedJob } from '../../catalog/evidence/schema.ts';
import type { Actor, Run } from '../scenario/run.ts';

/** Notes the pool that the worker names in its banner, `none` if it never printed one. */
export function notePool(run: Run, worker: Actor): void {
  const banner = worker.lines.find((line) => line.includes('concurrency:')) ?? '';
  run.fact('pool', /\((\w+)\)/.exec(banner)?.[1] ?? 'none');
}

/** How many spawned pool children have shown themselves in the log. Each has a name of its own. */
export function childrenStarted({ lines }: Actor): number {
  return new Set(lines.flatMap((line) => line.match(/SpawnPoolWorker-\d+/g) ?? [])).size;
}

/** The kind of the last exception of a log's tracebacks, `none` without one. */
export function exceptionOf(lines: readonly string[]): string {
  const last = lines.findLast((line) => /^\w+(?:Error|Exception): /.test(line));
  return last?.slice(0, last.indexOf(':')) ?? 'none';
}

/** So many replaced children leave no doubt that the next will die too. */
const enough = 4;

/**
 * Makes waiting for a task end once `enough` more children than the pool has places were started, and
 * as many after the worker had received the task: a healthy pool replaces none.
 */
export function giveUpOnDyingChildren(worker: Actor, places = 2): () => string | undefined {
  let before: number | undefined;
  return () => {
    if (before === undefined) {
      if (worker.lines.some((line) => line.endsWith('received'))) {
        before = Math.max(places, childrenStarted(worker));
      }
      return undefined;
    }
    const more = childrenStarted(worker) - before;
    return more < enough
      ? undefined
      : `${more} more children had been started in place of ones that died`;
  };
}

const storedResult = z.object({
  status: z.string(),
  result: z.looseObject({ exc_type: z.string() }).nullish().catch(null),
});

/**
 * Notes who holds the run's only task: the queue, the worker (Redis: `unacked`), or nobody; and what is
 * stored as its result. A worker that has carried it out is given time to acknowledge it.
 */
export async function noteWhoHoldsTheTask(run: Run, { state }: ObservedJob): Promise<void> {
  const { redis } = run;
  const counts = () => run.counts('celery');
  if (state !== 'pending') {
    await run.until(async () => (await counts()).unacknowledged === 0, { deadlineMs: 5_000 });
  }
  const { waiting, unacknowledged } = await counts();
  run.facts({ 'tasks in the queue': waiting, 'tasks unacknowledged': unacknowledged });
  const [key] = await redis.keys('celery-task-meta-*');
  const text = key === undefined ? null : await redis.get(key);
  const stored = text === null ? undefined : storedResult.parse(JSON.parse(text));
  run.fact('result', stored?.status ?? 'none');
  run.fact('error', stored?.result?.exc_type ?? 'none');
}
