/** A worker with a sandboxed processor. While its job runs, it does what ACTION says. */
import { existsSync, writeFileSync } from 'node:fs';
import { Worker } from 'bullmq';

const worker = new Worker('numbers', new URL('./double.mjs', import.meta.url), {
  connection: { url: process.env.BROKER_URL, maxRetriesPerRequest: null },
  useWorkerThreads: process.env.POOL === 'threads',
});
worker.on('closed', () => console.log('closed'));
worker.on('failed', (_job, error) => console.error(`Job failed: ${error.stack}`));

const actions = {
  nothing: () => undefined,
  'terminate the child': (pid) => process.kill(pid, 'SIGTERM'),
  close: () => worker.close(),
  'close by force': () => worker.close(true),
};
worker.once('progress', async (_job, pid) => {
  const done = actions[process.env.ACTION](pid);
  writeFileSync('go on', '');
  await done;
  console.log(`done, and the processor ${existsSync('cleaned up') ? 'has' : 'has not'} cleaned up`);
});

await worker.waitUntilReady();
console.log('ready');
