/** A worker that prints each job that it begins. */
import { Worker } from 'bullmq';

const double = (job) => {
  console.log('begun');
  return 2 * job.data[0];
};
const worker = new Worker('numbers', double, {
  connection: JSON.parse(process.env.BROKER_CONNECTION),
});
worker.on('failed', (_job, error) => console.error(`Job failed: ${error.message}`));
worker.on('error', (error) => console.error(error.stack));

await worker.waitUntilReady();
console.log('ready');
