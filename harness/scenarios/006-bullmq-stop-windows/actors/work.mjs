import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** Doubles a number, when its supervisor lets it go on. */
export default async function work(job) {
  await job.updateProgress('running');
  while (!existsSync('go on')) await pause(20);
  return 2 * job.data[0];
}
