import { existsSync, statfsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { cacheFolder } from './folder.ts';
import { DiskFull } from '../not-run.ts';

/** With less than that, somebody has just been refused a write. */
const megabyte = 2 ** 20;

/** Whether the disk of a folder takes no more. */
export async function diskFull(folder: string, neededMegabytes = 1): Promise<DiskFull | undefined> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize < neededMegabytes * megabyte ? new DiskFull(folder) : undefined;
}

/**
 * Watches whether the disk of the cache fills up. What fails of that often does not say so, and removes
 * what it had written: afterwards there is space again.
 */
export function watchDisk(): Disposable & { wasFull(): boolean } {
  let full = false;
  const look = () => {
    const folder = cacheFolder();
    if (!existsSync(folder)) return;
    const { bavail, bsize } = statfsSync(folder);
    full ||= bavail * bsize < megabyte;
  };
  const timer = setInterval(look, 50).unref();
  return {
    wasFull() {
      look();
      return full;
    },
    [Symbol.dispose]: () => {
      clearInterval(timer);
    },
  };
}
