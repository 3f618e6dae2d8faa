/** A worker whose connection is told RETRIES, in one of several ways. */
import { Worker } from 'bullmq';
import { Redis } from 'ioredis';

const { BROKER_URL: url, CONNECTION, RETRIES } = process.env;
const retries = JSON.parse(RETRIES);
const connections = {
  'a client': () => new Redis(url, retries),
  'its duplicate': () => new Redis(url, retries).duplicate({ maxRetriesPerRequest: null }),
  'plain options': () => ({ url, ...retries }),
};

const connection = connections[CONNECTION]();
const worker = new Worker('numbers', async (job) => 2 * job.data[0], { connection });
await worker.waitUntilReady();
console.log('ready');
