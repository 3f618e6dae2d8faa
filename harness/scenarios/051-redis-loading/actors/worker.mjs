/** A worker that checks first whether its Redis is ready, as is the default of ioredis, or does not. */
import { Worker } from 'bullmq';

const connection = {
  url: process.env.BROKER_URL,
  enableReadyCheck: process.env.READY_CHECK !== 'no',
  // It looks again after so many milliseconds, by default after up to 10 000.
  maxLoadingRetryTime: 500,
};
const worker = new Worker('numbers', async (job) => 2 * job.data[0], { connection });
let errors = 0;
worker.on('error', ({ message }) => {
  errors += 1;
  // All of them would fill the log.
  if (errors <= 3) console.error(`Worker error: ${message}`);
});
await worker.waitUntilReady();
console.log('ready');
