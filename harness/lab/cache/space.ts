import { statfs } from 'node:fs/promises';
import { DiskFull } from '../not-run.ts';

/** With less than that, somebody has just been refused a write. */
const megabyte = 2 ** 20;

/** Whether the disk of a folder takes no more. */
export async function diskFull(folder: string, neededMegabytes = 1): Promise<DiskFull | undefined> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize < neededMegabytes * megabyte ? new DiskFull(folder) : undefined;
}
