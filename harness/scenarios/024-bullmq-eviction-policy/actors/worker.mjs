/** A worker whose jobs wait for three seconds, and whose locks last one. */
import { setTimeout } from 'node:timers/promises';
import { Worker } from 'bullmq';

const double = async (job) => {
  console.log('begun');
  await setTimeout(3_000);
  return 2 * job.data[0];
};
const worker = new Worker('numbers', double, {
  connection: JSON.parse(process.env.BROKER_CONNECTION),
  lockDuration: 1_000,
  stalledInterval: 500,
  maxStalledCount: 0,
});
worker.on('failed', (_job, error) => console.error(`Job failed: ${error.message}`));
worker.on('error', (error) => console.error(error.stack));

await worker.waitUntilReady();
console.log('ready');
