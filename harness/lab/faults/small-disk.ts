import { open, rm, statfs } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { NotRun } from '../not-run.ts';

/** A disk that is soon full. Disposing of it takes it away. */
export interface SmallDisk extends AsyncDisposable {
  readonly folder: string;
  /** Takes the rest of it: from now on nobody can write there. */
  fill(): Promise<void>;
  /** Gives that back. */
  free(): Promise<void>;
}

/**
 * Mounts a disk of that size in memory.
 *
 * @param folder an empty folder, which becomes it.
 * @throws NotRun where it cannot be mounted.
 */
export async function mountSmallDisk(folder: string, size: string): Promise<SmallDisk> {
  // Of now: what it is unmounted by may be out of reach later.
  const { PATH = '' } = process.env;
  const options = ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder];
  const { failed } = await execa('mount', options, { reject: false });
  if (failed) throw new NotRun('a small disk is mounted by root alone, on Linux');
  const filler = path.join(folder, 'filler');
  return {
    folder,
    async fill() {
      await using file = await open(filler, 'w');
      for (let left = Infinity; left > 0;) {
        const { bavail, bsize } = await statfs(folder);
        left = bavail * bsize;
        // Others write too, and may be faster.
        await file.appendFile(Buffer.alloc(Math.min(left, 2 ** 20))).catch(() => undefined);
      }
    },
    free: () => rm(filler, { force: true, maxRetries: 5 }),
    async [Symbol.asyncDispose]() {
      await execa('umount', [folder], { env: { PATH } });
    },
  };
}
