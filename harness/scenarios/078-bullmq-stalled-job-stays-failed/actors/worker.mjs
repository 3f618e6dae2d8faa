/** A worker whose locks last a second. A job takes for ever until there is a file "go on". */
import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'bullmq';

const { BROKER_CONNECTION, MAX_STALLED } = process.env;
const worker = new Worker('numbers', double, {
  connection: JSON.parse(BROKER_CONNECTION),
  lockDuration: 1_000,
  stalledInterval: 500,
  maxStalledCount: Number(MAX_STALLED),
});
worker.on('failed', (_job, error) => console.error(`Job failed: ${error.message}`));
worker.on('error', (error) => console.error(error.stack));
await worker.waitUntilReady();
console.log('ready');

async function double(job) {
  console.log(`begun for attempt ${job.attemptsMade + 1}`);
  while (!existsSync('go on')) await pause(20);
  return 2 * job.data[0];
}
