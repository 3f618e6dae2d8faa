import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The right to run the server of a folder, until disposal or the end of this process. */
export type Claim = Disposable;

const sqliteBusy = 5;

const lockOf = (dir: string) => path.join(dir, 'keeper.lock');
const pidOf = (dir: string) => path.join(dir, 'keeper.pid');

/**
 * Claims a folder, and tells others by whom.
 * @param waitMs how long another's claim is waited for, in milliseconds.
 * @throws Error that names the process which has it.
 */
export async function claimFolder(dir: string, waitMs: number): Promise<Claim> {
  const claim = tryClaim(dir, waitMs);
  if (!claim) {
    const holder = await readFile(pidOf(dir), 'utf8').catch(() => '(unknown)');
    throw new Error(
      `The embedded PostgreSQL in ${dir} is in use by process ${holder}. ` +
        'Stop that process, or choose another folder.',
    );
  }
  await writeFile(pidOf(dir), String(process.pid));
  return claim;
}

/** Claims a folder that was claimed once and is no longer; undefined for any other. */
export function claimAbandoned(dir: string): Claim | undefined {
  return existsSync(lockOf(dir)) ? tryClaim(dir, 0) : undefined;
}

/** SQLite's lock is the operating system's, and goes with the process however that ends. */
function tryClaim(dir: string, timeout: number): Claim | undefined {
  const lock = new DatabaseSync(lockOf(dir), { timeout });
  try {
    lock.exec('BEGIN IMMEDIATE');
  } catch (error) {
    lock.close();
    if ((error as { errcode?: number }).errcode === sqliteBusy) return undefined;
    throw error;
  }
  return {
    [Symbol.dispose]: () => {
      lock.close();
    },
  };
}
