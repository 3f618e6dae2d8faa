import { removeContainers } from './containers.ts';
import { removeLeftovers } from './linux-leftovers.ts';
import { killTrees } from './kill-tree.ts';
import { startOf } from './process-table.ts';
import { Workspace } from './workspace.ts';
import { powerOff } from './wine.ts';

/**
 * Ends everything that was started in a workspace, and removes it. Where that cannot be done, because the Docker
 * engine is gone say, the folder stays, so that the next start tries again.
 *
 * @returns what is left and why, or undefined.
 */
export async function sweepWorkspace(workspace: Workspace): Promise<string | undefined> {
  try {
    workspace.close();
    // Twice: a thread that was just starting a program when the workspace was closed has noted it by now.
    await killTrees(workspace.processes());
    await killTrees(workspace.processes());
    await Promise.all(workspace.prefixes().map(powerOff));
    await removeLeftovers(workspace);
    await workspace.removePrograms();
    if (workspace.hasContainers) await removeContainers(workspace.id);
    await workspace.remove();
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `not everything that was started could be removed; the next start tries again, unless you remove ${workspace.folder} (${reason})`;
  }
}

/**
 * Sweeps the workspaces whose owner is gone: killed outright, it could not do so itself.
 *
 * @param note is told what could not be removed.
 * @returns how many were swept.
 */
export async function sweepAbandoned(
  note: (message: string) => void = () => undefined,
): Promise<number> {
  let swept = 0;
  for (const workspace of await Workspace.all()) {
    if (await isOwned(workspace)) continue;
    const left = await sweepWorkspace(workspace);
    if (left === undefined) swept += 1;
    else note(left);
  }
  return swept;
}

/** Whether a run of the harness goes on, on this machine and with this cache. */
export async function runGoesOn(): Promise<boolean> {
  const owned = await Promise.all((await Workspace.all()).map(isOwned));
  return owned.includes(true);
}

async function isOwned({ owner, age }: Workspace): Promise<boolean> {
  // Without an owner it is just being made, or its runner died at that; nothing was started yet.
  return owner === undefined ? age < 60_000 : (await startOf(owner.pid)) === owner.started;
}
