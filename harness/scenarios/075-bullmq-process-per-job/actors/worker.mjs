/** A worker with a sandboxed processor, which tells when asked how many processes that loaded it still run. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'bullmq';

const file = fileURLToPath(new URL('./double.cjs', import.meta.url));
const worker = new Worker('numbers', file, {
  connection: JSON.parse(process.env.BROKER_CONNECTION),
});
worker.on('failed', (_job, error) => console.error(`Job failed: ${error.message}`));
worker.on('error', (error) => console.error(error.stack));

process.stdin.on('data', () => {
  const loaded = existsSync('children')
    ? readFileSync('children', 'utf8').trim().split(/\r?\n/)
    : [];
  console.log(JSON.stringify({ processes: loaded.map(Number).filter(runs).length }));
});
await worker.waitUntilReady();
console.log('ready');

function runs(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
