import { existsSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

process.once('exit', () => writeFileSync('cleaned up', ''));

/** Doubles a number, when the worker lets it go on. */
export default async function double(job) {
  await job.updateProgress(process.pid);
  while (!existsSync('go on')) await pause(20);
  return 2 * job.data[0];
}
