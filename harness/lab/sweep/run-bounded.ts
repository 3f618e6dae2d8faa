import { execa } from 'execa';
import { killTrees } from './kill-tree.ts';
import { startOf } from './process-table.ts';
import type { Workspace } from './workspace.ts';

export interface Bounds {
  readonly deadlineMs: number;
  readonly env?: Readonly<Record<string, string>>;
  /** The run that it is noted in; undefined for what need not be ended by a sweep. */
  readonly workspace: Workspace | undefined;
}

export interface Ended {
  /** `missing`: there is no such program. `late`: it was ended at the deadline. */
  readonly how: 'well' | 'failed' | 'late' | 'missing';
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program of this machine to its end. It is noted in the run, whose sweep ends it, and at the
 * deadline it is ended with everything it started.
 *
 * @throws NotRun when the run was closed.
 */
export async function runBounded(
  file: string,
  args: readonly string[],
  { deadlineMs, env = {}, workspace }: Bounds,
): Promise<Ended> {
  workspace?.refuseWhenClosed();
  const child = execa(file, args, {
    env,
    reject: false,
    stdin: 'ignore',
    // A group of its own, by which a sweep finds what it has started.
    detached: process.platform !== 'win32',
    cleanup: false,
  });
  const { pid } = child;
  let killed: Promise<void> | undefined;
  const deadline = setTimeout(() => {
    if (pid !== undefined) killed = kill(pid);
  }, deadlineMs);
  if (pid !== undefined) await workspace?.register(pid);
  const { failed, exitCode: code, stdout, stderr } = await child;
  clearTimeout(deadline);
  await killed;
  const how =
    pid === undefined ? 'missing' : killed !== undefined ? 'late' : failed ? 'failed' : 'well';
  return { how, code, stdout, stderr };
}

async function kill(pid: number): Promise<void> {
  await killTrees([{ pid, started: (await startOf(pid)) ?? '' }]);
}
