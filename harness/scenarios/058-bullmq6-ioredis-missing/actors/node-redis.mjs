/** Has a job done over clients of node-redis, and tells what became of it. */
import { once } from 'node:events';
import { Queue, Worker } from 'bullmq';
import { createClient } from 'redis';

const connect = () => createClient({ url: process.env.BROKER_URL }).connect();
const worker = new Worker('numbers', (job) => 2 * job.data[0], { connection: await connect() });
worker.on('error', (error) => console.error(error.stack));
const completed = once(worker, 'completed');
await new Queue('numbers', { connection: await connect() }).add('double', [2]);
const [job] = await completed;
console.log(JSON.stringify({ state: 'completed', result: job.returnvalue }));
process.exit();
