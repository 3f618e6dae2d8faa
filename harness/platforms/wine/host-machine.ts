import type { RunFolder } from '../../sweep/run-folder.ts';
import { powerOff } from '../../sweep/wine.ts';
import { startNative } from '../native-process.ts';
import { wineCommand } from './command.ts';
import { wineEnvironment } from './environment.ts';
import { runScript } from './host-wine.ts';
import type { Machine, PreparedMachine } from './machine.ts';

/** Switches on a machine under the Wine of this machine. */
export async function bootHere({ template }: PreparedMachine, run: RunFolder): Promise<Machine> {
  run.refuseWhenClosed();
  const prefix = await run.makePrefix();
  await runScript('boot', [template, prefix]);
  return {
    start(program, onLine) {
      const [file = '', ...args] = wineCommand(program);
      const env = { ...wineEnvironment, WINEPREFIX: prefix, ...program.env };
      return startNative(
        { file, arguments: args, env, folder: program.folder, stdin: 'pipe' },
        run,
        onLine,
      );
    },
    [Symbol.asyncDispose]: () => powerOff(prefix),
  };
}
