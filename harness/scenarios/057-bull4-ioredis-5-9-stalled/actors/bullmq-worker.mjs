/** A worker of BullMQ that takes three jobs at once, and waits for one no longer than a second at a time. */
import { Queue, Worker } from 'bullmq';

const connection = JSON.parse(process.env.BROKER_CONNECTION);
const worker = new Worker('numbers', async (job) => 2 * job.data.number, {
  connection,
  concurrency: 3,
  drainDelay: 1,
});
worker.on('completed', () => console.log('completed'));
worker.on('failed', (_job, error) => console.error(`Job failed: ${error.message}`));
worker.on('stalled', () => console.log('stalled'));
worker.on('error', (error) => console.error(error.message));
await worker.waitUntilReady();
console.log('ready');

const queue = new Queue('numbers', { connection });
process.stdin.once('data', async () => {
  for (const number of [1, 2, 3, 4]) await queue.add('double', { number });
  console.log('added');
});
