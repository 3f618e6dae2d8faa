/** Adds JOBS jobs of 5 kB, twenty at a time, each when those before are done, and tells how many were done. */
import { setTimeout as pause } from 'node:timers/promises';
import { Queue } from 'bullmq';

const { BROKER_URL, JOBS, KEEP } = process.env;
const queue = new Queue('numbers', { connection: { url: BROKER_URL } });
queue.on('error', () => undefined);
const job = {
  name: 'double',
  data: [2, 'x'.repeat(5_000)],
  opts: KEEP === undefined ? {} : { removeOnComplete: Number(KEEP) },
};
let added = 0;
try {
  while (added < Number(JOBS)) {
    await queue.addBulk(Array(20).fill(job));
    added += 20;
    while ((await queue.getJobCountByTypes('wait', 'active')) > 0) await pause(5);
  }
  console.log(JSON.stringify({ state: 'completed', result: added }));
} catch (error) {
  console.log(JSON.stringify({ state: 'failed', error: error.message, 'jobs done': added }));
}
process.exit();
