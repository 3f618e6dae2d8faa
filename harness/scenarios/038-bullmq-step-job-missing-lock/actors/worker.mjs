/** A worker whose job has itself delayed, and then sends. THEN is what follows on the delay. */
import { DelayedError, Worker } from 'bullmq';

let sent = 0;

async function remind(job, token) {
  if (job.data.step === 'delay') {
    await job.updateData({ step: 'send' });
    await job.moveToDelayed(Date.now() + 1_000, token);
    if (process.env.THEN === 'throw') throw new DelayedError();
    if (process.env.THEN === 'return') return undefined;
  }
  sent += 1;
  console.log('sent');
  return sent;
}

const worker = new Worker('reminders', remind, {
  connection: JSON.parse(process.env.BROKER_CONNECTION),
  stalledInterval: 500,
});
worker.on('error', (error) => console.error(error.stack));

await worker.waitUntilReady();
console.log('ready');
