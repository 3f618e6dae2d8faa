/** A worker whose processor is a function, or the file PROCESSOR beside it: the source that is bundled. */
import path from 'node:path';
import { Worker } from 'bullmq';

const { PROCESSOR, BROKER_CONNECTION } = process.env;
const processor = PROCESSOR === undefined ? (job) => 2 * job.data[0] : path.resolve(PROCESSOR);
const worker = new Worker('numbers', processor, { connection: JSON.parse(BROKER_CONNECTION) });
worker.on('failed', (_job, error) => console.error(`Job failed: ${error.message}`));
worker.on('error', (error) => console.error(error.message));
worker.waitUntilReady().then(() => console.log('ready'));
