/** A worker whose connection retries a command as often as RETRIES says. */
import { Worker } from 'bullmq';
import { Redis } from 'ioredis';

const connection = new Redis(process.env.BROKER_URL, {
  maxRetriesPerRequest: JSON.parse(process.env.RETRIES),
});
const worker = new Worker('numbers', (job) => 2 * job.data[0], { connection });
await worker.waitUntilReady();
console.log('ready');
