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

/** @throws NotRun when there is none, with the command that makes it. */
export async function readNativeLock(wanted: Locked): Promise<CeleryLock> {
  const file = nativeLockFile(wanted);
  try {
    const text = await readFile(file, 'utf8');
    return { file, text, oldestPython: text.slice(oldestPythonIs.length, text.indexOf('\n')) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const names = (wanted.install ?? []).map((name) => (/[[<>]/.test(name) ? `"${name}"` : name));
    const command = ['lock.ts', wanted.version, ...names].join(' ');
    throw new NotRun(
      `no packages are pinned for Celery ${wanted.version}; type: node harness/lab/engines/celery/${command}`,
    );
  }
}

/** The pins of a lock without their hashes, a line each, as pip takes them. */
export function pinsOf({ text }: Pick<CeleryLock, 'text'>): string {
  return text
    .split(/\r?\n/)
    .filter((line) => /^[\w.-]+==/.test(line))
    .map((line) => line.replace(/\s*\\$/, ''))
    .join('\n');
}
