/** Listens to the events of a queue, with a client as ioredis makes it. */
import { QueueEvents } from 'bullmq';
import { Redis } from 'ioredis';

const events = new QueueEvents('numbers', { connection: new Redis(process.env.BROKER_URL) });
await events.waitUntilReady();
console.log('ready');
