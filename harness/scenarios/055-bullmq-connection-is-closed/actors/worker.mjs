/** A worker with a client that its program made. Told to stop, it closes the two in the order that ORDER says. */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'bullmq';
import { Redis } from 'ioredis';

const client = new Redis(process.env.BROKER_URL, { maxRetriesPerRequest: null });
const worker = new Worker('numbers', double, { connection: client });
worker.on('error', (error) => console.error(error));
await worker.waitUntilReady();
console.log('ready');

await once(process.stdin, 'data');
const steps = [() => worker.close(), () => client.quit()];
if (process.env.ORDER === 'client first') steps.reverse();
for (const step of steps) {
  const done = step();
  console.log('stopping');
  await done;
}
console.log('stopped');
process.exit();

async function double(job) {
  console.log('begun');
  while (!existsSync('go on')) await pause(20);
  return 2 * job.data[0];
}
