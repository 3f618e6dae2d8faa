/** A worker whose jobs wait for two seconds in all. Its locks last LOCK_MS; WHEN_LOST is what it does with a job that has none. */
import { setTimeout } from 'node:timers/promises';
import { Worker } from 'bullmq';

const { BROKER_CONNECTION, LOCK_MS, MAX_STALLED, WHEN_LOST } = process.env;

const double = async (job, _token, signal) => {
  console.log('begun');
  const [begun, used] = [Date.now(), process.cpuUsage()];
  try {
    for (let step = 0; step < 20; step++) {
      await setTimeout(100);
      signal?.throwIfAborted();
    }
  } finally {
    const { user, system } = process.cpuUsage(used);
    const share = (user + system) / 1_000 / (Date.now() - begun);
    console.log(JSON.stringify({ 'took a CPU': share > 0.1 }));
  }
  console.log('done');
  return 2 * job.data[0];
};
const worker = new Worker('numbers', double, {
  connection: JSON.parse(BROKER_CONNECTION),
  lockDuration: Number(LOCK_MS),
  stalledInterval: 500,
  maxStalledCount: Number(MAX_STALLED),
});
if (WHEN_LOST === 'cancel') {
  worker.on('lockRenewalFailed', (ids) => {
    for (const id of ids) worker.cancelJob(id);
  });
}
worker.on('failed', (_job, error) => console.error(`Job failed: ${error.message}`));
worker.on('error', (error) => console.error(error.stack));

await worker.waitUntilReady();
console.log('ready');
