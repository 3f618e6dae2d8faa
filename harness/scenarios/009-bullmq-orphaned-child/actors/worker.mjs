/** A worker with a sandboxed processor that tells its supervisor which child runs a job. */
import { Worker } from 'bullmq';

const worker = new Worker('numbers', new URL(`./${process.env.PROCESSOR}`, import.meta.url), {
  connection: JSON.parse(process.env.BROKER_CONNECTION),
  // What takes 60 s by default, to find that a job has lost its worker, is to take 12.
  lockDuration: 10_000,
  stalledInterval: 1_000,
});
worker.on('completed', () => process.send({ done: true }));
worker.on('progress', (_job, pid) => process.send({ child: pid }));
await worker.waitUntilReady();
process.send({ ready: true });
