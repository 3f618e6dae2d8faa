/** A worker that closes on SIGTERM, when its job is done. Its locks last a second. */
import bullmq from 'bullmq';
import double from './double.cjs';

const { POOL, BROKER_CONNECTION, MAX_STALLED } = process.env;
const file = new URL('./double.cjs', import.meta.url).pathname;
const worker = new bullmq.Worker('numbers', POOL === 'solo' ? double : file, {
  connection: JSON.parse(BROKER_CONNECTION),
  lockDuration: 1_000,
  stalledInterval: 500,
  maxStalledCount: Number(MAX_STALLED),
});
worker.on('failed', (_job, error) => console.error(`Job failed: ${error.message}`));
worker.on('error', (error) => console.error(error.stack));
process.on('SIGTERM', async () => {
  await worker.close();
  console.log('closed');
  process.exit();
});

await worker.waitUntilReady();
console.log('ready');
