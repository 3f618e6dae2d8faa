/** A worker that fails a job with a negative number at its first attempt. With SCHEDULER there is a QueueScheduler, too. */
import * as bullmq from 'bullmq';

const { BROKER_CONNECTION, SCHEDULER } = process.env;
const connection = JSON.parse(BROKER_CONNECTION);
if (SCHEDULER === 'yes') new bullmq.QueueScheduler('numbers', { connection });

const worker = new bullmq.Worker(
  'numbers',
  async (job) => {
    console.log('begun');
    if (job.data[0] < 0 && job.attemptsMade < 2) throw new Error('out of luck');
    return 2 * job.data[0];
  },
  { connection },
);
worker.on('error', (error) => console.error(error.stack));
await worker.waitUntilReady();
console.log('ready');
