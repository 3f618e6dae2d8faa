import { family } from './kill-tree.ts';
import { processTable } from './process-table.ts';
import type { Workspace } from './workspace.ts';

/**
 * Forgets the programs of a run of which nothing is left. In a long run their pids are given to others, and
 * a sweep would take the group of one of those for what a program has left behind.
 */
export async function forgetEnded(workspace: Workspace): Promise<void> {
  // In this order: what is noted meanwhile is not forgotten.
  const noted = workspace.processes();
  const table = await processTable();
  for (const identity of noted) {
    if (family(table, [identity]).length === 0) workspace.forget(identity);
  }
}
