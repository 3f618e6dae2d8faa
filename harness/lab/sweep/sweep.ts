import { removeContainers } from './containers.ts';
import { removeLeftovers } from './linux-leftovers.ts';
import { killTrees } from './kill-tree.ts';
import { startOf } from './process-table.ts';
import { RunFolder } from './run-folder.ts';
import { powerOff } from './wine.ts';

/**
 * Ends everything a run has started, and removes its folder. Where that cannot be done, because the Docker
 * engine is gone say, the folder stays, so that the next start tries again.
 *
 * @returns what is left and why, or undefined.
 */
export async function sweepRun(run: RunFolder): Promise<string | undefined> {
  try {
    run.close();
    // Twice: a thread that was just starting a program when the run was closed has noted it by now.
    await killTrees(run.processes());
    await killTrees(run.processes());
    await Promise.all(run.prefixes().map(powerOff));
    await removeLeftovers(run);
    await run.removePrograms();
    if (run.hasContainers) await removeContainers(run.id);
    await run.remove();
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `not everything that a run started could be removed; the next start tries again, unless you remove ${run.folder} (${reason})`;
  }
}

/**
 * Sweeps the runs whose runner is gone: killed outright, it could not do so itself.
 *
 * @param note is told what could not be removed.
 * @returns how many were swept.
 */
export async function sweepAbandonedRuns(
  note: (message: string) => void = () => undefined,
): Promise<number> {
  let swept = 0;
  for (const run of await RunFolder.all()) {
    if (await isOwned(run)) continue;
    const left = await sweepRun(run);
    if (left === undefined) swept += 1;
    else note(left);
  }
  return swept;
}

/** Whether a run of the harness goes on, on this machine and with this cache. */
export async function runGoesOn(): Promise<boolean> {
  const owned = await Promise.all((await RunFolder.all()).map(isOwned));
  return owned.includes(true);
}

async function isOwned({ owner, age }: RunFolder): Promise<boolean> {
  // Without an owner it is just being made, or its runner died at that; nothing was started yet.
  return owner === undefined ? age < 60_000 : (await startOf(owner.pid)) === owner.started;
}
