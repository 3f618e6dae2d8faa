import { AsyncLocalStorage } from 'node:async_hooks';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { installName } from '../../../../catalog/cell/install.ts';
import type { Cell } from '../../../../catalog/evidence/schema.ts';
import { NotRun } from '../../not-run.ts';

export type Locked = Pick<Cell, 'version' | 'install'>;

/** How a lock begins, before the oldest Python that its Celery can be installed on. */
export const oldestPythonIs = '# Python ';

export interface CeleryLock {
  readonly file: string;
  readonly text: string;
  /** The oldest minor version of Python that it is for. */
  readonly oldestPython: string;
}

/**
 * Where the packages of a Celery are pinned, with hashes, for every platform and every Python at once:
 * conditions on the lines say which of them get which version.
 */
export function nativeLockFile({ version, install }: Locked): string {
  const how = install ? `.${installName(install, 'celery')}` : '';
  return path.join(import.meta.dirname, 'locks', `celery-${version}${how}.txt`);
}

/**
 * Another folder of locks, for versions that no claim names. Only on behalf of a bisection: the
 * versions of claims are pinned in this repository.
 */
export const moreLocks = new AsyncLocalStorage<string>();

/** @throws NotRun when there is none, with the command that makes it. */
export async function readNativeLock(wanted: Locked): Promise<CeleryLock> {
  const own = nativeLockFile(wanted);
  const more = moreLocks.getStore();
  try {
    return await readLock(own);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const other = more === undefined ? undefined : path.join(more, path.basename(own));
    if (other !== undefined && existsSync(other)) return readLock(other);
    const names = (wanted.install ?? []).map((name) => (/[[<>]/.test(name) ? `"${name}"` : name));
    const command = ['lock.ts', wanted.version, ...names].join(' ');
    throw new NotRun(
      `no packages are pinned for Celery ${wanted.version}; type: node harness/lab/engines/celery/${command}`,
    );
  }
}

async function readLock(file: string): Promise<CeleryLock> {
  const text = await readFile(file, 'utf8');
  return { file, text, oldestPython: text.slice(oldestPythonIs.length, text.indexOf('\n')) };
}

/** The pins of a lock without their hashes, a line each, as pip takes them. */
export function pinsOf({ text }: Pick<CeleryLock, 'text'>): string {
  return text
    .split(/\r?\n/)
    .filter((line) => /^[\w.-]+==/.test(line))
    .map((line) => line.replace(/\s*\\$/, ''))
    .join('\n');
}
