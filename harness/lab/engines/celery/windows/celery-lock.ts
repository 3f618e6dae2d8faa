import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { installName } from '../../../../../catalog/cell/install.ts';
import type { Cell } from '../../../../../catalog/evidence/schema.ts';
import { NotRun } from '../../../not-run.ts';

/** Which Celery, for which minor version of Python, and how it is installed. */
export interface CeleryForWindows extends Pick<Cell, 'version' | 'install'> {
  readonly python: string;
}

/** How a lock file begins when there is nothing to install. */
export const noneBecause = '# none: ';

/** Where the wheels of a Celery and a Python are pinned, in the form of pip's requirements with hashes. */
export function celeryLockFile({ version, python, install }: CeleryForWindows): string {
  const how = install ? `.${installName(install, 'celery')}` : '';
  const name = `celery-${version}-python-${python}${how}.txt`;
  return path.join(import.meta.dirname, 'locks', name);
}

/**
 * Reads a lock.
 *
 * @throws NotRun when there is none, or that Celery and that Python do not go together.
 */
export async function readCeleryLock(wanted: CeleryForWindows): Promise<string> {
  let lock: string;
  try {
    lock = await readFile(celeryLockFile(wanted), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const { version, python, install = [] } = wanted;
    const names = install.map((name) => (name.includes('[') ? `"${name}"` : name));
    const command = ['lock-celery.ts', version, python, ...names].join(' ');
    throw new NotRun(
      `no wheels for Windows are pinned for Celery ${version} on Python ${python}; type: node harness/lab/engines/celery/windows/${command}`,
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
