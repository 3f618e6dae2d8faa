import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { NotRun } from '../not-run.ts';
import type { Workspace } from '../sweep/workspace.ts';
import { writeWhole } from '../write-whole.ts';

/** A clock that programs are told instead of the machine's. */
export interface Clock {
  /** For the environment of the programs that are to go by it. */
  readonly env: Readonly<Record<string, string>>;
  /** Moves it on by so many seconds, or back if they are negative; programs see it at once. */
  jump(seconds: number): Promise<void>;
}

/** Where packages put the library: of Debian, of others, and of Homebrew. */
function libraries(): string[] {
  const multiarch = '/usr/lib';
  const folders = existsSync(multiarch)
    ? readdirSync(multiarch).map((name) => path.join(multiarch, name))
    : [];
  return [...folders, '/usr/lib', '/usr/lib64', '/usr/local/lib', '/opt/homebrew/lib'].flatMap(
    (folder) =>
      ['libfaketimeMT.so.1', 'libfaketime.1.dylib'].map((name) =>
        path.join(folder, 'faketime', name),
      ),
  );
}

/**
 * Makes a clock by libfaketime, which tells the programs that it is loaded into another time of day. What
 * they measure durations by (CLOCK_MONOTONIC) goes on as it does when a machine's clock is set.
 *
 * @throws NotRun where libfaketime is not installed, or cannot be loaded into programs.
 */
export async function clockOf(workspace: Workspace): Promise<Clock> {
  if (process.platform === 'win32') throw new NotRun('libfaketime is not made for Windows');
  const library = libraries().find((file) => existsSync(file));
  if (library === undefined) {
    throw new NotRun(
      'a clock that jumps needs libfaketime (Debian: apt-get install libfaketime; Homebrew: brew install libfaketime)',
    );
  }
  const file = path.join(await workspace.makeWorkFolder(), 'clock');
  let offset = 0;
  async function write(): Promise<void> {
    // Whole or not at all: programs read it whenever they look at the clock.
    await writeWhole(file, `${offset < 0 ? '-' : '+'}${Math.abs(offset)}\n`);
  }
  await write();
  return {
    env: {
      [process.platform === 'darwin' ? 'DYLD_INSERT_LIBRARIES' : 'LD_PRELOAD']: library,
      FAKETIME_TIMESTAMP_FILE: file,
      // Else it looks every ten seconds.
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    },
    async jump(seconds) {
      offset += seconds;
      await write();
    },
  };
}
