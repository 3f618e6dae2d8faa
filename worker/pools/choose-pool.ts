import { BadInput } from '../../catalog/problem/bad-input.ts';
import { pagePath } from '../../catalog/page.ts';
import type { Writeup } from '../../catalog/writeup/schema.ts';

/** The pools of BullMQ: in this process, in child processes, in worker threads. */
export const workerPools = ['solo', 'prefork', 'threads'] as const;
export type WorkerPool = (typeof workerPools)[number];

/** What the choice needs to know of a write-up. */
export type Refusing = Pick<Writeup, 'id' | 'title' | 'slug' | 'refuses'>;

/**
 * Chooses a pool: the one asked for, or the best that no write-up refuses. On Windows that begins
 * with solo, as the fix of BUG-002 says; elsewhere with prefork, where a job that blocks or crashes
 * takes nobody with it.
 *
 * @param platform as `process.platform`.
 * @throws BadInput with the page of the bug when the one asked for is known to fail here.
 */
export function choosePool(
  wanted: WorkerPool | undefined,
  platform: string,
  writeups: readonly Refusing[],
): WorkerPool {
  const bugOf = (pool: WorkerPool) =>
    writeups.find(({ refuses }) =>
      refuses.some(
        (refused) =>
          refused.engine === 'bullmq' && refused.platform === platform && refused.pool === pool,
      ),
    );
  const preferred: readonly WorkerPool[] =
    platform === 'win32' ? ['solo', 'threads', 'prefork'] : ['prefork', 'threads', 'solo'];
  const allowed = preferred.find((pool) => !bugOf(pool));
  const pool = wanted ?? allowed ?? 'solo';
  const bug = bugOf(pool);
  if (!bug) return pool;
  throw new BadInput(
    `expected a pool that works on ${platform}, got ${pool}, which fails there: ${bug.id}, ${bug.title}. ` +
      `Read ${pagePath(bug.slug)} in the docs` +
      (allowed ? `, or start with --pool ${allowed}` : ''),
  );
}
