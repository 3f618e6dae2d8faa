/** A worker that closes when it is asked to end, and what it does beside as HOW says. */
import { Worker } from 'bullmq';
import { Redis } from 'ioredis';

const { BROKER_URL: url, HOW } = process.env;
const client =
  HOW === 'own connection' ? undefined : new Redis(url, { maxRetriesPerRequest: null });
const worker = new Worker('numbers', async (job) => 2 * job.data[0], {
  connection: client ?? { url },
});
process.once('SIGTERM', async () => {
  await worker.close();
  console.log('closed');
  if (HOW === 'quits') await client.quit();
  if (HOW === 'exits') process.exit();
});
await worker.waitUntilReady();
console.log('ready');
