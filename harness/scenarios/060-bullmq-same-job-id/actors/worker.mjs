/** A worker whose locks last a second. A job with a negative number takes for ever. */
import { setTimeout } from 'node:timers/promises';
import { Worker } from 'bullmq';

const double = async (job) => {
  console.log(`begun with ${job.data[0]}`);
  await setTimeout(job.data[0] < 0 ? 60_000 : 200);
  return 2 * job.data[0];
};
const worker = new Worker('numbers', double, {
  connection: JSON.parse(process.env.BROKER_CONNECTION),
  lockDuration: 1_000,
  stalledInterval: 500,
});
worker.on('failed', (_job, error) => console.error(`Job failed: ${error.message}`));
worker.on('error', (error) => console.error(error.stack));

await worker.waitUntilReady();
console.log('ready');
