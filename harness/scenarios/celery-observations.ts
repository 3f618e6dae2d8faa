import waitFor, { TimeoutError } from 'p-wait-for';
import { z } from 'zod';
import type { Actor, Run } from '../scenario/run.ts';

/** Notes the pool that the worker names in its banner, `none` if it never printed one. */
export function notePool(run: Run, worker: Actor): void {
  const banner = worker.lines.find((line) => line.includes('concurrency:')) ?? '';
  run.fact('pool', /\((\w+)\)/.exec(banner)?.[1] ?? 'none');
}

const storedResult = z.object({
  status: z.string(),
  result: z.looseObject({ exc_type: z.string() }).nullish().catch(null),
});

/**
 * Notes who holds the run's only task once the worker had time to acknowledge it: the queue, the worker
 * (Redis: `unacked`), or nobody; and what is stored as its result.
 */
export async function noteWhoHoldsTheTask(run: Run): Promise<void> {
  const { redis } = run;
  await waitFor(async () => (await redis.hlen('unacked')) === 0, {
    timeout: 5_000,
    interval: 50,
  }).catch((error: unknown) => {
    // A task that is still unacknowledged is what is to be noted.
    if (!(error instanceof TimeoutError)) throw error;
  });
  run.fact('tasks in the queue', await redis.llen('celery'));
  run.fact('tasks unacknowledged', await redis.hlen('unacked'));
  const [key] = await redis.keys('celery-task-meta-*');
  const text = key === undefined ? null : await redis.get(key);
  const stored = text === null ? undefined : storedResult.parse(JSON.parse(text));
  run.fact('result', stored?.status ?? 'none');
  run.fact('error', stored?.result?.exc_type ?? 'none');
}
