import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { NotRun } from '../../scenario/not-run.ts';

/** How a lock file begins when there is nothing to install. */
export const noneBecause = '# none: ';

/** Where the wheels of a Celery and a Python are pinned, in the form of pip's requirements with hashes. */
export function celeryLockFile(version: string, python: string): string {
  return path.join(import.meta.dirname, 'celery-locks', `celery-${version}-python-${python}.txt`);
}

/**
 * Reads a lock.
 *
 * @throws NotRun when there is none, or that Celery and that Python do not go together.
 */
export async function readCeleryLock(version: string, python: string): Promise<string> {
  let lock: string;
  try {
    lock = await readFile(celeryLockFile(version, python), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new NotRun(
      `no wheels for Windows are pinned for Celery ${version} on Python ${python}; type: node harness/engines/windows/lock-celery.ts ${version} ${python}`,
    );
  }
  if (lock.startsWith(noneBecause)) {
    throw new NotRun(lock.slice(noneBecause.length, lock.indexOf('\n')));
  }
  return lock;
}

/** The packages of a lock with their versions. */
export function lockedPackages(lock: string): { name: string; version: string }[] {
  return [...lock.matchAll(/^([\w.-]+)==(\S+)/gm)].map(([, name = '', version = '']) => ({
    name,
    version,
  }));
}
