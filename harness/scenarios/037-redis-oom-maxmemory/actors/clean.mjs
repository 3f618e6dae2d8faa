/** Removes completed jobs, and tells how many. */
import { Queue } from 'bullmq';

const queue = new Queue('numbers', { connection: { url: process.env.BROKER_URL } });
const removed = await queue.clean(0, 1_000, 'completed');
console.log(JSON.stringify({ 'jobs removed': removed.length }));
process.exit();
