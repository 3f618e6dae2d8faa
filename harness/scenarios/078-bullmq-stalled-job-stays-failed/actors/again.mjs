/** Does with the failed job of the id "user-1" what HOW says, adds it again or not, and tells what becomes of it. */
import { setTimeout as pause } from 'node:timers/promises';
import { Queue } from 'bullmq';

const { HOW, OPTIONS, BROKER_CONNECTION } = process.env;
const queue = new Queue('numbers', { connection: JSON.parse(BROKER_CONNECTION) });
const [failed] = await queue.getFailed();
const kept = failed !== undefined;
if (HOW === 'retried') await failed.retry();
if (HOW === 'removed') await failed.remove();
const job = HOW === 'retried' ? failed : await queue.add('double', [2], { ...JSON.parse(OPTIONS) });

const deadline = Date.now() + 4_000;
while (Date.now() < deadline && (await job.getState()) !== 'completed') await pause(50);
const done = (await job.getState()) === 'completed' || (await queue.getCompletedCount()) > 0;
const fate = done ? { state: 'completed', result: 'done' } : { state: 'pending' };
console.log(JSON.stringify({ ...fate, kept }));
process.exit();
