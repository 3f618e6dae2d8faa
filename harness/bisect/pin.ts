import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Cell } from '../../catalog/evidence/schema.ts';
import { makeLock } from '../lab/engines/celery/make-lock.ts';
import { nativeLockFile } from '../lab/engines/celery/native-lock.ts';
import { NotRun } from '../lab/not-run.ts';
import { writeWhole } from '../lab/write-whole.ts';

/**
 * Pins the packages of a Celery that no claim names, in a folder of the cache.
 *
 * @returns why it cannot be; undefined once it is.
 */
export async function pin(
  cell: Pick<Cell, 'version' | 'install'>,
  folder: string,
  note: (message: string) => void,
): Promise<string | undefined> {
  const own = nativeLockFile(cell);
  const file = path.join(folder, path.basename(own));
  if (existsSync(own) || existsSync(file)) return undefined;
  note(`pinning the packages of Celery ${cell.version}`);
  try {
    const text = await makeLock(cell, note);
    await mkdir(folder, { recursive: true });
    await writeWhole(file, text);
    return undefined;
  } catch (error) {
    if (error instanceof NotRun) return error.message;
    throw error;
  }
}
