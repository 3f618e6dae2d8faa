/** Adds a job, and tells what became of it. */
import { setTimeout as pause } from 'node:timers/promises';
import { Queue } from 'bullmq';
import { options, queue } from './connection.mjs';

try {
  const numbers = new Queue(queue, options);
  const { id } = await numbers.add('double', [2]);
  while ((await numbers.getJobState(id)) !== 'completed') await pause(50);
  const { returnvalue: result } = await numbers.getJob(id);
  console.log(JSON.stringify({ state: 'completed', result }));
} catch (error) {
  console.log(JSON.stringify({ state: 'failed', error: `${error}` }));
}
process.exit();
