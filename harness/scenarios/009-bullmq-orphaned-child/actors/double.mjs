import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

// A thread of its own, which has a say even if this one has not; it does not keep the process alive.
new Worker(new URL('./meter.mjs', import.meta.url)).unref();
const isMetered = () => existsSync(`used by ${process.pid}`);

/** Doubles a number, when the supervisor lets it go on. */
export default async function double(job) {
  while (!isMetered()) await pause(20);
  await job.updateProgress(process.pid);
  while (!existsSync('go on')) await pause(20);
  return 2 * job.data[0];
}
