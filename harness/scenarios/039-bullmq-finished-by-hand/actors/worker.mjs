/** A worker that returns its results; with WAIT only once there is a file of that name. */
import { existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { Worker } from 'bullmq';

const { WAIT } = process.env;
const double = async (job) => {
  while (WAIT && !existsSync(WAIT)) await setTimeout(20);
  return 2 * job.data[0];
};
const worker = new Worker('numbers', double, {
  connection: JSON.parse(process.env.BROKER_CONNECTION),
});
worker.on('error', (error) => console.error(error.stack));
worker.on('completed', () => console.log('completed'));

await worker.waitUntilReady();
console.log('ready');
