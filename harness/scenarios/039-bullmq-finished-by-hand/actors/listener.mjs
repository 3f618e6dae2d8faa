/** Completes each job by hand at the event ON, with TOKEN. */
import { Job, Queue, QueueEvents } from 'bullmq';

const { ON, TOKEN, BROKER_CONNECTION } = process.env;
const connection = JSON.parse(BROKER_CONNECTION);
const queue = new Queue('numbers', { connection });
const events = new QueueEvents('numbers', { connection });
events.on(ON, async ({ jobId }) => {
  const job = await Job.fromId(queue, jobId);
  await job.moveToCompleted('by hand', TOKEN, false);
  console.log('done');
});
await events.waitUntilReady();
console.log('listening');
