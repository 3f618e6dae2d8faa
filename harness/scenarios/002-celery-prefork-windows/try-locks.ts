import { z } from 'zod';
import type { Run } from '../../scenario/run.ts';

const locks = 40;
const deadlineMs = 90_000;

/** How many locks met which fate; a lock that works counts under `works`. */
const told = z.looseObject({ works: z.number() }).catchall(z.number());

/** Has `borrowed_locks.py` hand locks to a child, and notes what the child could do with them. */
export async function tryLocks(run: Run, ...args: string[]): Promise<void> {
  await using parent = await run.actor('borrowed_locks.py', { args });
  await parent.ended(deadlineMs);
  const name = `${locks} locks handed to a child`;
  const line = parent.lines.find((line) => line.startsWith('{'));
  if (line === undefined) {
    run.job({ name, state: 'pending', expected: locks });
    return;
  }
  const fates = told.parse(JSON.parse(line));
  for (const [fate, count] of Object.entries(fates)) run.fact(fate, count);
  run.job({ name, state: 'completed', result: fates.works, expected: locks });
}
