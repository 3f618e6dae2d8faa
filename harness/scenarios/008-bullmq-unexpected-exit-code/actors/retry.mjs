/** Adds a job that is tried twice, and prints its result. */
import { Queue, QueueEvents } from 'bullmq';

const connection = { url: process.env.BROKER_URL, maxRetriesPerRequest: null };
const queue = new Queue('numbers', { connection });
// From the first event on: the job may be over before this begins to listen.
const events = new QueueEvents('numbers', { connection, lastEventId: '0' });
const job = await queue.add('double', [2], { attempts: 2 });
console.log(`result ${await job.waitUntilFinished(events)}`);
process.exit();
