/** A worker with a sandboxed processor that may use MEGABYTES. It kills the child whose job asks for it. */
import { Worker } from 'bullmq';

const worker = new Worker('numbers', new URL('./double.mjs', import.meta.url), {
  connection: JSON.parse(process.env.BROKER_CONNECTION),
  workerForkOptions: { execArgv: [`--max-old-space-size=${process.env.MEGABYTES}`] },
});
worker.on('progress', (_job, pid) => process.kill(pid, 'SIGKILL'));
worker.on('failed', (_job, error) => console.error(`Job failed: ${error.stack}`));

await worker.waitUntilReady();
console.log('ready');
