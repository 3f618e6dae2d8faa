/** Adds a job by a queue, before its client is closed or after it, as ORDER says. */
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';

const client = new Redis(process.env.BROKER_URL, { maxRetriesPerRequest: null });
const queue = new Queue('numbers', { connection: client });
await queue.waitUntilReady();
if (process.env.ORDER === 'client first') await client.quit();
try {
  const { id } = await queue.add('double', [2]);
  console.log(JSON.stringify({ state: 'completed', result: typeof id }));
} catch (error) {
  console.error(error);
  console.log(JSON.stringify({ state: 'failed', error: error.message }));
}
process.exit();
