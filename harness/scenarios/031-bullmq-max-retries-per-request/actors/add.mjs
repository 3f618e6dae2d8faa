/** Adds a job by a queue with a client as ioredis makes it, and tells the result. */
import { Queue, QueueEvents } from 'bullmq';
import { Redis } from 'ioredis';

const { BROKER_URL: url } = process.env;
const queue = new Queue('numbers', { connection: new Redis(url) });
const job = await queue.add('double', [2]);
const events = new QueueEvents('numbers', { connection: { url }, lastEventId: '0' });
const result = await job.waitUntilFinished(events);
console.log(JSON.stringify({ state: 'completed', result }));
