/** A worker that tells its first errors, and how many there are by then. */
import { Worker } from 'bullmq';

const worker = new Worker('numbers', async (job) => 2 * job.data[0], {
  connection: { url: process.env.BROKER_URL },
});
let errors = 0;
worker.on('error', (error) => {
  errors += 1;
  // All of them would fill the log.
  if (errors <= 2) console.error(error);
  if (errors === 500) console.log('500 errors');
});
await worker.waitUntilReady();
console.log('ready');
