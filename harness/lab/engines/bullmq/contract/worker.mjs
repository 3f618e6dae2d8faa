/** What every engine must be able to run: a job that doubles a number, and one that fails. */
import { Worker } from 'bullmq';

const processors = {
  double: ([number]) => 2 * number,
  fail() {
    throw new Error('boom');
  },
};

const worker = new Worker('numbers', async ({ name, data }) => processors[name](data), {
  connection: JSON.parse(process.env.BROKER_CONNECTION),
});
worker.on('failed', (_job, error) => console.error(`Job failed: ${error.stack}`));
await worker.waitUntilReady();
console.log('ready');
