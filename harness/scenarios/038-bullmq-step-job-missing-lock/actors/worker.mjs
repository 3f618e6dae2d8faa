/** A worker whose job has itself delayed, and then sends. THEN is what follows on the delay. TOKEN is whether the token is passed. */
import { DelayedError, Worker } from 'bullmq';

const { THEN, TOKEN, BROKER_CONNECTION } = process.env;
let sent = 0;

async function remind(job, token) {
  if (job.data.step === 'delay') {
    await job.updateData({ step: 'send' });
    await job.moveToDelayed(Date.now() + 1_000, TOKEN === 'none' ? undefined : token);
    if (THEN === 'throw') throw new DelayedError();
    if (THEN === 'return') return undefined;
  }
  sent += 1;
  console.log('sent');
  return sent;
}

const worker = new Worker('reminders', remind, {
  connection: JSON.parse(BROKER_CONNECTION),
  stalledInterval: 500,
});
worker.on('failed', (_job, error) => console.error(`Job failed: ${error.message}`));
worker.on('error', (error) => console.error(error.stack));

await worker.waitUntilReady();
console.log('ready');
