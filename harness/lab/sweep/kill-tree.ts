import pWaitFor from 'p-wait-for';
import { processTable, type ProcessEntry } from './process-table.ts';

/** The process a pid stood for when it was written down. */
export interface ProcessIdentity {
  readonly pid: number;
  /** As in the process table; empty when it had ended before it could be looked up. */
  readonly started: string;
}

/**
 * Ends processes with everything they started, and waits until all of it is gone. Also found are
 * descendants whose parent died, as long as they stayed in the process group that a root leads; on
 * Windows, which has no groups, children of a root that died, but not their children's children.
 * A pid that now belongs to somebody else is left alone.
 *
 * @throws after 10 s when something does not die.
 */
export async function killTrees(roots: readonly ProcessIdentity[]): Promise<void> {
  if (roots.length === 0) return;
  await pWaitFor(
    async () => {
      const doomed = family(await processTable(), roots);
      for (const { pid } of doomed) killQuietly(pid);
      return doomed.length === 0;
    },
    {
      interval: 20,
      timeout: {
        milliseconds: 10_000,
        message: `Processes still run after SIGKILL: ${roots.map(({ pid }) => pid).join(', ')} or their children.`,
      },
    },
  );
}

/** The roots that still run, the descendants of all, and the rest of the groups they lead or led. */
export function family(
  table: readonly ProcessEntry[],
  roots: readonly ProcessIdentity[],
): ProcessEntry[] {
  const byPid = new Map(table.map((entry) => [entry.pid, entry]));
  const ours = roots.filter(({ pid, started }) => {
    const now = byPid.get(pid);
    // A pid is not given out again while its group has members: a group without leader is still the root's.
    return now === undefined || now.started === started;
  });
  const rootStarts = new Map(ours.map(({ pid, started }) => [pid, started]));
  const found = new Set(
    table
      .filter(({ pid, group }) => rootStarts.has(pid) || rootStarts.has(group))
      .map(({ pid }) => pid),
  );
  const isChild = (entry: ProcessEntry) =>
    (found.has(entry.parent) || rootStarts.has(entry.parent)) &&
    !isOlder(entry, byPid.get(entry.parent)?.started ?? rootStarts.get(entry.parent));
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const entry of table) if (isChild(entry)) found.add(entry.pid);
  }
  return table.filter(({ pid }) => found.has(pid));
}

/**
 * Whether a process may be older than what had the pid of its parent last, and so is no child of it.
 * Windows goes on naming a parent that is gone, and gives its pid to others.
 */
function isOlder({ group, started }: ProcessEntry, parentStarted = ''): boolean {
  return group === 0 && (parentStarted === '' || Number(started) < Number(parentStarted));
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // It ended between the look at the table and the signal.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
