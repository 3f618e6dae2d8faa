/** A worker that waits for a job no longer than a second at a time. */
import bullmq from 'bullmq';

const worker = new bullmq.Worker('numbers', (job) => 2 * job.data[0], {
  connection: JSON.parse(process.env.BROKER_CONNECTION),
  drainDelay: 1,
});
worker.on('error', (error) => console.error(`Worker error: ${error.message}`));
await worker.waitUntilReady();
console.log('ready');
