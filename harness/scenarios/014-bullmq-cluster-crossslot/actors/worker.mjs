/** A worker at a cluster that tells its first errors. */
import { Worker } from 'bullmq';
import { options, queue } from './connection.mjs';

const worker = new Worker(queue, async (job) => 2 * job.data[0], options);
let errors = 0;
worker.on('error', (error) => {
  errors += 1;
  // All of them would fill the log.
  if (errors <= 2) console.error(`Worker error: ${error}`);
});
await worker.waitUntilReady();
console.log('ready');
