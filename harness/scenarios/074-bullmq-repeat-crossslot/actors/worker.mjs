/** A worker at a cluster. */
import { Worker } from 'bullmq';
import { options } from './cluster.mjs';

const worker = new Worker('numbers', (job) => console.log(`begun: ${job.name}`), options);
worker.on('error', (error) => console.error(error.stack));
await worker.waitUntilReady();
console.log('ready');
