/** A worker that is given its connection in one of several ways, right and wrong. */
import { Worker } from 'bullmq';
import { Redis } from 'ioredis';

const { BROKER_URL: url, CONNECTION, REDIS_HOST, REDIS_PORT } = process.env;
const retries = { maxRetriesPerRequest: null };
const connections = {
  'url as an option': () => new Redis({ url, ...retries }),
  'unset variables': () => ({ host: REDIS_HOST, port: REDIS_PORT, ...retries }),
  'one level too deep': () => ({ redis: { url }, ...retries }),
  'url as an argument': () => new Redis(url, retries),
  'url in plain options': () => ({ url, ...retries }),
};

const worker = new Worker('numbers', async (job) => 2 * job.data[0], {
  connection: connections[CONNECTION](),
});
worker.on('error', (error) => console.error(error));
await worker.waitUntilReady();
console.log('ready');
