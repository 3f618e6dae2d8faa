/** A worker at a cluster, which tells its first errors and then when it is ready. */
import { Worker } from 'bullmq';
import { connection } from './cluster.mjs';

const worker = new Worker('numbers', async (job) => 2 * job.data[0], {
  connection,
  prefix: '{app}',
});
let errors = 0;
worker.on('error', (error) => {
  errors += 1;
  if (errors <= 2) console.error(error);
});
await worker.waitUntilReady();
console.log('ready');
