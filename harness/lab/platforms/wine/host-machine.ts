import type { Workspace } from '../../sweep/workspace.ts';
import { inPrefix, isOn, powerOff } from '../../sweep/wine.ts';
import { startNative } from '../native-process.ts';
import { wineCommand } from './command.ts';
import { wineEnvironment } from './environment.ts';
import { unlikeWindows, type Machine, type PreparedMachine } from './machine.ts';
import { image, runScript } from './run-script.ts';

/** Switches on a machine under the Wine of this machine. */
export async function bootHere(
  { template }: PreparedMachine,
  workspace: Workspace,
): Promise<Machine> {
  workspace.refuseWhenClosed();
  const prefix = await workspace.makePrefix();
  await runScript('boot', [template, prefix], prefix, workspace);
  return {
    async start(program, onLine) {
      const [file = '', ...args] = wineCommand(program, image);
      const env = { ...wineEnvironment, ...inPrefix(prefix), ...program.env };
      const started = await startNative(
        { file, arguments: args, env, folder: program.folder },
        workspace,
        onLine,
      );
      // Nobody can ask a Windows program to end, and one ended alone leaves its children.
      return { ...started, ...unlikeWindows, terminate: () => started.kill() };
    },
    lost() {
      const lost = 'Wine was switched off in the middle of the run';
      return Promise.resolve(isOn(prefix) ? undefined : lost);
    },
    [Symbol.asyncDispose]: () => powerOff(prefix),
  };
}
