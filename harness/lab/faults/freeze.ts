import { NotRun } from '../not-run.ts';
import { family } from '../sweep/kill-tree.ts';
import { processTable, startOf } from '../sweep/process-table.ts';

/**
 * Stops a process of this machine in its tracks, with everything it started, as a laptop that is closed or
 * a machine that is suspended does: connections stand, and nothing is done until `thaw`.
 *
 * @throws NotRun on Windows, which cannot.
 */
export function freeze(pid: number): Promise<void> {
  return signalAll(pid, 'SIGSTOP');
}

/** Lets it go on. */
export function thaw(pid: number): Promise<void> {
  return signalAll(pid, 'SIGCONT');
}

async function signalAll(pid: number, signal: 'SIGSTOP' | 'SIGCONT'): Promise<void> {
  if (process.platform === 'win32') {
    throw new NotRun('Windows cannot stop a process in its tracks');
  }
  const started = (await startOf(pid)) ?? '';
  for (const one of family(await processTable(), [{ pid, started }])) {
    try {
      process.kill(one.pid, signal);
    } catch (error) {
      // It ended between the look at the table and the signal.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}
