/** So many workers (WORKERS) in one process, each with connections of its own or with one client for all (SHARED). */
import { Worker } from 'bullmq';
import { Redis } from 'ioredis';

const { BROKER_URL: url, SHARED, WORKERS } = process.env;
const client = SHARED ? new Redis(url, { maxRetriesPerRequest: null }) : undefined;
const seen = new Set();
for (let number = 0; number < Number(WORKERS); number += 1) {
  const connection = client ?? { url };
  const worker = new Worker(`numbers-${number}`, async (job) => 2 * job.data[0], { connection });
  worker.on('error', ({ message }) => {
    // Each once: they come again and again.
    if (!seen.has(message)) console.error(`Worker error: ${message}`);
    seen.add(message);
  });
  worker.waitUntilReady().then(() => console.log('ready'));
}
