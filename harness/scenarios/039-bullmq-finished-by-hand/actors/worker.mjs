/** A worker that returns its results. */
import { setTimeout } from 'node:timers/promises';
import { Worker } from 'bullmq';

const double = async (job) => {
  await setTimeout(500);
  return 2 * job.data[0];
};
const worker = new Worker('numbers', double, {
  connection: JSON.parse(process.env.BROKER_CONNECTION),
});
worker.on('error', (error) => console.error(error.stack));
worker.on('completed', () => console.log('completed'));

await worker.waitUntilReady();
console.log('ready');
