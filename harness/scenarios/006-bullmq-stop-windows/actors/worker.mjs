/** A worker in the pool of POOL that closes when it is told to stop, and tells its supervisor what it does. */
import { Worker } from 'bullmq';
import work from './work.mjs';

const worker = new Worker(
  'numbers',
  process.env.POOL === 'solo' ? work : new URL('./work.mjs', import.meta.url),
  {
    connection: JSON.parse(process.env.BROKER_CONNECTION),
    useWorkerThreads: process.env.POOL === 'threads',
    // What takes 60 s by default, to find that a job has lost its worker, is to take 12.
    lockDuration: 10_000,
    stalledInterval: 1_000,
    maxStalledCount: Number(process.env.MAX_STALLED_COUNT),
  },
);
worker.on('progress', () => process.send('runs the job'));
worker.on('completed', () => process.send('finished the job'));
worker.on('failed', (_job, error) => process.send(`failed the job: ${error.message}`));

async function close() {
  process.send('closes');
  await worker.close();
  // What was sent before it is on its way by then.
  process.send('closed', () => process.exit());
}
process.once('SIGTERM', close);
process.once('SIGINT', close);
process.once('message', close);

await worker.waitUntilReady();
process.send('takes jobs');
