/** A worker whose keys are to begin with `app:`; HOW is how it is told so. */
import bullmq from 'bullmq';
import { Redis } from 'ioredis';

const { HOW, BROKER_CONNECTION } = process.env;
const connection = JSON.parse(BROKER_CONNECTION);
const ways = {
  'by options': () => ({ connection: { ...connection, keyPrefix: 'app:' } }),
  'by a client': () => ({ connection: new Redis({ ...connection, keyPrefix: 'app:' }) }),
  'by BullMQ': () => ({ connection, prefix: 'app' }),
};

const double = (job) => {
  console.log('begun');
  return 2 * job.data[0];
};
const worker = new bullmq.Worker('numbers', double, {
  ...ways[HOW](),
  lockDuration: 1_000,
  stalledInterval: 500,
});
worker.on('failed', (_job, error) => console.error(`Job failed: ${error.message}`));
worker.on('active', () => console.log('taken'));
worker.on('error', (error) => console.error(error.stack));

await worker.waitUntilReady();
console.log('ready');
