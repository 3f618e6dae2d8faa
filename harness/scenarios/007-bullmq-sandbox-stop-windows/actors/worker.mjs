/** A worker with a sandboxed processor. While its job runs, it does what ACTION says. */
import { existsSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'bullmq';

const worker = new Worker('numbers', new URL('./double.mjs', import.meta.url), {
  connection: JSON.parse(process.env.BROKER_CONNECTION),
  useWorkerThreads: process.env.POOL === 'threads',
});
worker.on('failed', (_job, error) => console.error(`Job failed: ${error.stack}`));
worker.on('closed', () =>
  console.log(
    `closed, and the processor ${existsSync('cleaned up') ? 'has' : 'has not'} cleaned up`,
  ),
);

const actions = {
  nothing: () => undefined,
  'terminate the child': (pid) => process.kill(pid, 'SIGTERM'),
  close: () => void worker.close(),
  // Either the job is ended at once, or the closing waits for it: then it takes another second.
  'close by force': () => Promise.race([worker.close(true), pause(1000)]),
};
worker.once('progress', async (_job, pid) => {
  await actions[process.env.ACTION](pid);
  writeFileSync('go on', '');
});

await worker.waitUntilReady();
console.log('ready');
