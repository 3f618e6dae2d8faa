/** A worker whose processor is, as POOL says, a function of its own, or a file for a child process or a thread. */
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Worker } from 'bullmq';
import double from './double.cjs';

const { POOL, BROKER_CONNECTION } = process.env;
const file = fileURLToPath(new URL('./double.cjs', import.meta.url));
const worker = new Worker('numbers', POOL === 'solo' ? double : file, {
  connection: JSON.parse(BROKER_CONNECTION),
  useWorkerThreads: POOL === 'threads',
});
worker.on('failed', (_job, error) => console.error(`Job failed: [${error.message}]`));
worker.on('error', (error) => console.error(error));

await worker.waitUntilReady();
console.log(`Bun ${process.versions.bun} is ready`);
await once(process.stdin, 'data');
await worker.close();
console.log('closed');
process.exit();
