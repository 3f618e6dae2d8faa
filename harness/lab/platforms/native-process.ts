import { execa } from 'execa';
import { NotRun } from '../not-run.ts';
import type { Exit } from './platform.ts';
import { killTrees } from '../sweep/kill-tree.ts';
import type { Workspace } from '../sweep/workspace.ts';
import { actorEnvironment } from './environment.ts';
import { drainedBy } from './drained.ts';
import type { StartedProgram } from './platform.ts';

export interface NativeCommand {
  readonly file: string;
  readonly arguments: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
}

/**
 * Starts a process of this machine, noted in the run's folder so that a sweep finds it.
 *
 * @throws NotRun when the run was closed; an error when the file cannot be started.
 */
export async function startNative(
  command: NativeCommand,
  workspace: Workspace,
  onLine: (line: string) => void,
): Promise<StartedProgram> {
  workspace.refuseWhenClosed();
  const child = execa(command.file, command.arguments, {
    cwd: command.folder,
    env: actorEnvironment(command.env),
    extendEnv: false,
    // A pipe that stays open, for what it is told.
    stdin: 'pipe',
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
  // It may end before it has read what it was told.
  child.stdin.on('error', () => undefined);
  const identity = (await workspace.register(pid)) ?? { pid, started: '' };
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
    tell(line) {
      child.stdin.write(`${line}\n`);
      return Promise.resolve();
    },
    signal: (name) => send(pid, name),
    // Of the group, which it leads.
    freeze: (frozen) => send(-pid, frozen ? 'SIGSTOP' : 'SIGCONT'),
  };
}

/**
 * @param pid of a process, or that of a group's leader, negative.
 * @throws NotRun on Windows, which has no signals.
 */
function send(pid: number, signal: NodeJS.Signals): Promise<void> {
  return new Promise((resolve) => {
    if (process.platform === 'win32') throw new NotRun(`win32: Windows has no ${signal}`);
    try {
      process.kill(pid, signal);
    } catch (error) {
      // It has ended by itself.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
    resolve();
  });
}

async function passOn(lines: AsyncIterable<string>, onLine: (line: string) => void): Promise<void> {
  for await (const line of lines) onLine(line.replace(/\r$/, ''));
}
