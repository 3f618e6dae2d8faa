/** A worker that doubles numbers. */
import { Worker } from 'bullmq';

const worker = new Worker('numbers', (job) => 2 * job.data[0], {
  connection: JSON.parse(process.env.BROKER_CONNECTION),
});
await worker.waitUntilReady();
console.log('ready');
