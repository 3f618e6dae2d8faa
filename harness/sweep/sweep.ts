import { removeContainers } from './containers.ts';
import { killTrees } from './kill-tree.ts';
import { startOf } from './process-table.ts';
import { RunFolder } from './run-folder.ts';
import { powerOff } from './wine.ts';

/** Ends everything a run has started, and removes its folder. */
export async function sweepRun(run: RunFolder): Promise<void> {
  run.close();
  // Twice: a thread that was just starting a program when the run was closed has noted it by now.
  await killTrees(run.processes());
  await killTrees(run.processes());
  await Promise.all(run.prefixes().map(powerOff));
  if (run.hasContainers) await removeContainers(run.id);
  await run.remove();
}

/**
 * Sweeps the runs whose runner is gone: killed outright, it could not do so itself.
 *
 * @returns how many there were.
 */
export async function sweepAbandonedRuns(): Promise<number> {
  let swept = 0;
  for (const run of await RunFolder.all()) {
    if (await isOwned(run)) continue;
    await sweepRun(run);
    swept += 1;
  }
  return swept;
}

async function isOwned({ owner, age }: RunFolder): Promise<boolean> {
  // Without an owner it is just being made, or its runner died at that; nothing was started yet.
  return owner === undefined ? age < 60_000 : (await startOf(owner.pid)) === owner.started;
}
