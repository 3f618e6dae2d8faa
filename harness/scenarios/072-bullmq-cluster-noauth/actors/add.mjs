/** Adds a job by the same client, waits for its end, and tells what became of it. */
import { setTimeout as pause } from 'node:timers/promises';
import { Queue } from 'bullmq';
import { connection } from './cluster.mjs';

const numbers = new Queue('numbers', { connection, prefix: '{app}' });
numbers.on('error', () => undefined);
const { id } = await numbers.add('double', [2]);
console.log('added');
while ((await numbers.getJobState(id)) !== 'completed') await pause(50);
const { returnvalue: result } = await numbers.getJob(id);
console.log(JSON.stringify({ state: 'completed', result }));
process.exit();
