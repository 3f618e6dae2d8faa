/** A worker with a sandboxed processor. */
import { fileURLToPath } from 'node:url';
import { Worker } from 'bullmq';

const { POOL, BROKER_CONNECTION } = process.env;
const file = fileURLToPath(new URL('./double.cjs', import.meta.url));
const worker = new Worker('numbers', file, {
  connection: JSON.parse(BROKER_CONNECTION),
  useWorkerThreads: POOL === 'threads',
});
worker.on('failed', (_job, error) => console.error(`Job failed: [${error.message}]`));
worker.on('error', (error) => console.error(error.stack));

await worker.waitUntilReady();
console.log('ready');
