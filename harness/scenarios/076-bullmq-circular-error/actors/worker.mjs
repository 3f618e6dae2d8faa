/** A worker whose processor is, as POOL says, a function of its own, or a file for a child process or a thread. */
import { fileURLToPath } from 'node:url';
import { Worker } from 'bullmq';
import pay from './pay.cjs';

const { POOL, BROKER_CONNECTION } = process.env;
const file = fileURLToPath(new URL('./pay.cjs', import.meta.url));
const worker = new Worker('payments', POOL === 'solo' ? pay : file, {
  connection: JSON.parse(BROKER_CONNECTION),
  useWorkerThreads: POOL === 'threads',
});
worker.on('failed', (_job, error) => console.error(`Job failed: ${error.message}`));
worker.on('error', (error) => console.error(error.stack));

await worker.waitUntilReady();
console.log('ready');
