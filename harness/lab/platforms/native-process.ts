import { execa } from 'execa';
import type { Exit } from './platform.ts';
import { killTrees } from '../sweep/kill-tree.ts';
import type { RunFolder } from '../sweep/run-folder.ts';
import { actorEnvironment } from './environment.ts';
import { drainedBy } from './drained.ts';
import type { StartedProgram } from './platform.ts';

export interface NativeCommand {
  readonly file: string;
  readonly arguments: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
  /** What it reads: nothing, or a pipe that stays open and empty. Default: nothing. */
  readonly stdin?: 'ignore' | 'pipe';
}

/**
 * Starts a process of this machine, noted in the run's folder so that a sweep finds it.
 *
 * @throws NotRun when the run was closed; an error when the file cannot be started.
 */
export async function startNative(
  command: NativeCommand,
  run: RunFolder,
  onLine: (line: string) => void,
): Promise<StartedProgram> {
  run.refuseWhenClosed();
  const child = execa(command.file, command.arguments, {
    cwd: command.folder,
    env: actorEnvironment(command.env),
    extendEnv: false,
    stdin: command.stdin ?? 'ignore',
    all: true,
    buffer: false,
    reject: false,
    // A group of its own: Ctrl-C in the terminal reaches the runner alone, and a sweep finds orphans by it.
    detached: process.platform !== 'win32',
    cleanup: false,
  });
  const { pid } = child;
  if (pid === undefined) {
    const { message } = (await child) as { message?: string };
    throw new Error(`${command.file} could not be started: ${message ?? 'no reason given'}`);
  }
  const exited = new Promise<Exit>((resolve) => {
    child.nodeChildProcess.once('exit', (code, signal) => {
      resolve({ code, signal });
    });
  });
  const identity = (await run.register(pid)) ?? { pid, started: '' };
  const drained = drainedBy(passOn(child.iterable({ from: 'all' }), onLine));
  return {
    pid,
    ended: exited.then(async (exit) => {
      await drained();
      return exit;
    }),
    async terminate() {
      // Windows cannot ask; and of a parent that was ended alone, the children are hard to find.
      if (process.platform === 'win32') await killTrees([identity]);
      // eslint-disable-next-line portable/no-signal -- Windows goes the other way
      else child.kill('SIGTERM');
    },
    async kill() {
      await killTrees([identity]);
      // A child that left its family keeps the output open; whoever switches the place off ends it.
      await drained();
    },
  };
}

async function passOn(lines: AsyncIterable<string>, onLine: (line: string) => void): Promise<void> {
  for await (const line of lines) onLine(line.replace(/\r$/, ''));
}
