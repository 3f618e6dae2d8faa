import path from 'node:path';
import { diskFull } from '../../cache/space.ts';
import { NotRun } from '../../not-run.ts';
import { currentWorkspace } from '../../sweep/current-workspace.ts';
import { runBounded } from '../../sweep/run-bounded.ts';
import type { Workspace } from '../../sweep/workspace.ts';
import { powerOff } from '../../sweep/wine.ts';
import { wineEnvironment } from './environment.ts';

/** What the image is made of, and a machine without it as well. */
export const image = path.join(import.meta.dirname, 'image');

/** Seconds suffice; a Wine that hangs does so for ever. */
const deadlinesMs = { 'make-template': 300_000, boot: 120_000 } as const;

/**
 * Runs a script of the image on this machine. What it has started in the prefix is switched off when it
 * fails.
 *
 * @throws NotRun with its last words when it fails or does not end.
 */
export async function runScript(
  script: keyof typeof deadlinesMs,
  args: readonly string[],
  prefix: string,
  workspace: Workspace | undefined = currentWorkspace.getStore(),
): Promise<void> {
  const deadlineMs = deadlinesMs[script];
  const { how, stderr } = await runBounded('sh', [path.join(image, script), ...args], {
    deadlineMs,
    env: wineEnvironment,
    workspace,
  });
  if (how === 'well') return;
  await powerOff(prefix);
  const full = await diskFull(path.dirname(prefix));
  if (full !== undefined) throw full;
  throw new NotRun(
    how === 'late'
      ? `Wine's ${script} had not ended after ${deadlineMs / 1000} s`
      : `Wine's ${script} failed: ${stderr.trim() || 'it gave no reason'}`,
  );
}
