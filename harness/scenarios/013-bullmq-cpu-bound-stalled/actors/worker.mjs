/** A worker whose locks last LOCK_MS, and whose jobs may stall MAX_STALLED times. */
import { Worker } from 'bullmq';
import compute from './compute.mjs';

const { POOL, BROKER_CONNECTION, LOCK_MS, RENEW_MS, MAX_STALLED } = process.env;
const processor = POOL === 'solo' ? compute : new URL('./compute.mjs', import.meta.url);
const worker = new Worker('numbers', processor, {
  connection: JSON.parse(BROKER_CONNECTION),
  lockDuration: Number(LOCK_MS),
  lockRenewTime: Number(RENEW_MS),
  stalledInterval: 500,
  maxStalledCount: Number(MAX_STALLED),
  useWorkerThreads: POOL === 'threads',
});
worker.on('failed', (_job, error) => console.error(`Job failed: ${error.message}`));
worker.on('error', (error) => console.error(error.stack));

await worker.waitUntilReady();
console.log('ready');
