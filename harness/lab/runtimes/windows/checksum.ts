import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { NotRun } from '../../not-run.ts';

/** The SHA-256 of a file, in hex. */
async function sha256Of(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
}

/**
 * Refuses a file that is not the one that was pinned.
 *
 * @param what the file as a person would call it.
 * @throws NotRun naming both checksums.
 */
export async function expectSha256(file: string, expected: string, what: string): Promise<void> {
  const got = await sha256Of(file).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'no file';
    throw error;
  });
  if (got === expected) return;
  throw new NotRun(
    `${what} is not the one pinned: expected SHA-256 ${expected}, got ${got}; do not use what was downloaded`,
  );
}
