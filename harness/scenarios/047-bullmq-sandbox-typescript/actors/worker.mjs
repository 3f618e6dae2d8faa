/** A worker whose sandboxed processor is the file PROCESSOR; its child or thread gets the flags of Node in FLAGS. */
import { fileURLToPath } from 'node:url';
import { Worker } from 'bullmq';

const { POOL, PROCESSOR, FLAGS, BROKER_CONNECTION } = process.env;
const execArgv = FLAGS === undefined ? undefined : FLAGS.split(' ');
const worker = new Worker('numbers', fileURLToPath(new URL(PROCESSOR, import.meta.url)), {
  connection: JSON.parse(BROKER_CONNECTION),
  useWorkerThreads: POOL === 'threads',
  ...(execArgv && { workerForkOptions: { execArgv }, workerThreadsOptions: { execArgv } }),
});
worker.on('failed', (_job, error) => console.error(`Job failed: ${error.stack}`));
worker.on('error', (error) => console.error(error.stack));
await worker.waitUntilReady();
console.log('ready');
