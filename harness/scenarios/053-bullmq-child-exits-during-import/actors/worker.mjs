/** A worker with a sandboxed processor, whose locks last a second. */
import { fileURLToPath } from 'node:url';
import { Worker } from 'bullmq';

const { POOL, BROKER_CONNECTION, FLAGS } = process.env;
const worker = new Worker('numbers', fileURLToPath(new URL('./double.cjs', import.meta.url)), {
  connection: JSON.parse(BROKER_CONNECTION),
  lockDuration: 1_000,
  stalledInterval: 500,
  useWorkerThreads: POOL === 'threads',
  workerForkOptions: { execArgv: JSON.parse(FLAGS) },
});
worker.on('active', () => console.log('begun'));
worker.on('failed', (_job, error) => console.error(`Job failed: ${error.message}`));
worker.on('error', (error) => console.error(error.stack));

await worker.waitUntilReady();
console.log('ready');
