/** A worker of the queue QUEUE. */
import { Worker } from 'bullmq';

const worker = new Worker(process.env.QUEUE, (job) => 2 * job.data[0], {
  connection: JSON.parse(process.env.BROKER_CONNECTION),
});
worker.on('failed', (_job, error) => console.error(`Job failed: ${error.message}`));
worker.on('error', (error) => console.error(error.message));
await worker.waitUntilReady();
console.log('ready');
