import { NotRun } from '../../not-run.ts';
import type { StartedProgram } from '../platform.ts';

/** What a machine is booted from. Plain data. */
export interface PreparedMachine {
  readonly how: 'host' | 'container';
  /** The prefix to boot from, on this machine or in the image. */
  readonly template: string;
  /** The image, for a container. */
  readonly image?: string;
  /** The python.exe of virtual environments, on this machine. */
  readonly redirector: string;
  /** Wine, and the Windows that it claims to be. */
  readonly versions: Readonly<Record<string, string>>;
}

/** A Windows program to start. Paths are those of this machine. */
export interface WindowsProgram {
  readonly file: string;
  readonly arguments: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
  /** A file that takes what it prints, and nothing to read; left out, it has pipes. */
  readonly output?: string;
}

/** A Windows machine of one run, switched on. Disposing switches it off with everything that runs on it. */
export interface Machine extends AsyncDisposable {
  start(program: WindowsProgram, onLine: (line: string) => void): Promise<StartedProgram>;
  /** Why it is off though nobody has switched it off, or undefined. */
  lost(): Promise<string | undefined>;
}

/** What nobody can do to a Windows program. */
export const unlikeWindows: Pick<StartedProgram, 'signal' | 'freeze'> = {
  signal: (name) => Promise.reject(new NotRun(`wine: Windows has no ${name}`)),
  freeze: () => Promise.reject(new NotRun('wine: a Windows program cannot be suspended here yet')),
};
