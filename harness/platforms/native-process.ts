import { execa } from 'execa';
import type { Exit } from '../scenario/run.ts';
import { killTrees } from '../sweep/kill-tree.ts';
import type { RunFolder } from '../sweep/run-folder.ts';
import { actorEnvironment } from './environment.ts';
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
 * How long the output of a process that has ended may stay open in the hands of a surviving child, or of
 * one outside its tree: a service of Wine's that it was the first to need inherits its stderr, and stays.
 */
const outputLingersMs = 1000;

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
  const printed = passOn(child.iterable({ from: 'all' }), onLine);
  let lingered: Promise<void> | undefined;
  /** To be called once it has ended; whoever asks later does not wait anew. */
  const drained = () => (lingered ??= Promise.race([printed, elapsed(outputLingersMs)]));
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

function elapsed(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
