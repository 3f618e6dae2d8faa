import type { Run } from '../../scenario/run.ts';

/** Has `borrowed_locks.py` hand locks to a child, and notes what the child could do with them. */
export async function tryLocks(run: Run, ...args: string[]): Promise<void> {
  const job = '40 locks handed to a child';
  await run.submitBy('borrowed_locks.py', { job, args, expect: 40, deadlineMs: 90_000 });
}
