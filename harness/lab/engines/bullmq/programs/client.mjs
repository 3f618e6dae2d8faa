/**
 * Adds one job, awaits its result, and prints what became of it as a line of JSON.
 *
 *     client.mjs QUEUE.JOB DATA-AS-JSON DEADLINE-IN-SECONDS
 *
 * The broker comes from BROKER_URL. The job's data is the list of arguments.
 */
import { Queue, QueueEvents } from 'bullmq';
import { Redis } from 'ioredis';

const [task, data, deadline] = process.argv.slice(2);
const dot = task.indexOf('.');
// An open connection, as every BullMQ takes it: version 4 knows no `url`.
const connection = new Redis(process.env.BROKER_URL, { maxRetriesPerRequest: null });

async function submit() {
  const queue = new Queue(task.slice(0, dot), { connection });
  // From the first event on: the job may be over before this begins to listen.
  const events = new QueueEvents(task.slice(0, dot), { connection, lastEventId: '0' });
  await events.waitUntilReady();
  const job = await queue.add(task.slice(dot + 1), JSON.parse(data));
  try {
    return {
      state: 'completed',
      result: await job.waitUntilFinished(events, Number(deadline) * 1000),
    };
  } catch (error) {
    const state = await job.getState();
    return state === 'failed' ? { state, error: error.message } : { state: 'pending' };
  }
}

console.log(JSON.stringify(await submit()));
process.exit();
