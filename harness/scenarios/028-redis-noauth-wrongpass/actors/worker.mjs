/** A worker that is told its connection as JSON. */
import { Worker } from 'bullmq';

const connection = { ...JSON.parse(process.env.CONNECTION), maxRetriesPerRequest: null };
const worker = new Worker('numbers', async (job) => 2 * job.data[0], { connection });
worker.on('error', (error) => console.error(error));
await worker.waitUntilReady();
console.log('ready');
