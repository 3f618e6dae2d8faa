import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The right to run the server of a folder, until disposal or the end of this process. */
export type FolderLock = Disposable;

const sqliteBusy = 5;

const lockOf = (dir: string) => path.join(dir, 'keeper.lock');
const pidOf = (dir: string) => path.join(dir, 'keeper.pid');

/**
 * Locks a folder, and tells others by whom it is.
 * @param waitMs how long another's lock is waited for, in milliseconds.
 * @throws Error that names the process which has it.
 */
export async function lockFolder(dir: string, waitMs: number): Promise<FolderLock> {
  const lock = tryLock(dir, waitMs);
  if (!lock) {
    const holder = await readFile(pidOf(dir), 'utf8').catch(() => '(unknown)');
    throw new Error(
      `The embedded PostgreSQL in ${dir} is in use by process ${holder}. ` +
        'Stop that process, or choose another folder.',
    );
  }
  await writeFile(pidOf(dir), String(process.pid));
  return lock;
}

/** Locks a folder that was locked once and is no longer; undefined for any other. */
export function lockAbandoned(dir: string): FolderLock | undefined {
  return existsSync(lockOf(dir)) ? tryLock(dir, 0) : undefined;
}

/** SQLite's lock is the operating system's, and goes with the process however that ends. */
function tryLock(dir: string, timeout: number): FolderLock | undefined {
  const database = new DatabaseSync(lockOf(dir), { timeout });
  try {
    database.exec('BEGIN IMMEDIATE');
  } catch (error) {
    database.close();
    if ((error as { errcode?: number }).errcode === sqliteBusy) return undefined;
    throw error;
  }
  return {
    [Symbol.dispose]: () => {
      database.close();
    },
  };
}
