/** A worker that takes two jobs at a time, each of which waits for as many seconds as it says. Its locks last one. */
import { setTimeout } from 'node:timers/promises';
import { Worker } from 'bullmq';

const double = async (job) => {
  console.log(`begun ${job.id}`);
  await setTimeout(1_000 * job.data[0]);
  return 2 * job.data[0];
};
const worker = new Worker('numbers', double, {
  connection: JSON.parse(process.env.BROKER_CONNECTION),
  lockDuration: 1_000,
  stalledInterval: 500,
  concurrency: 2,
  maxStalledCount: 0,
});
worker.on('failed', (_job, error) => console.error(`Job failed: ${error.message}`));
worker.on('error', (error) => console.error(error.stack));
worker.on('completed', (job) => console.log(`completed ${job.id}`));

await worker.waitUntilReady();
console.log('ready');
