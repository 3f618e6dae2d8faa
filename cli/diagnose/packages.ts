import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readPackages, type LockedPackage } from '../../catalog/packages/read-packages.ts';
import { BadInput } from '../../catalog/problem/bad-input.ts';

/** @throws BadInput for a file that cannot be read or is no lock file. */
export async function readLockfile(file: string): Promise<LockedPackage[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BadInput(
      `expected a lock file that can be read, got ${file}: ${reason}. Check the path.`,
    );
  }
  return readPackages(path.basename(file), text);
}
