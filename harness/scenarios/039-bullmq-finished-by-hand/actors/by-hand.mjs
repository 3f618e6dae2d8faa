/** Fetches its jobs itself, and finishes them after three seconds. The lock lasts one; RENEW is whether it is renewed. */
import { setTimeout } from 'node:timers/promises';
import { Worker } from 'bullmq';

const worker = new Worker('numbers', null, {
  connection: JSON.parse(process.env.BROKER_CONNECTION),
  lockDuration: 1_000,
});
console.log('ready');
for (;;) {
  const token = 'my-token';
  const job = await worker.getNextJob(token);
  if (job) {
    const renewal =
      process.env.RENEW === 'yes' && setInterval(() => job.extendLock(token, 1_000), 400);
    await setTimeout(3_000);
    clearInterval(renewal);
    await job.moveToCompleted(2 * job.data[0], token, false);
  }
}
