/** A worker whose sandboxed processor is the file PROCESSOR, in a folder whose package.json says FOLDER_IS. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'bullmq';

const { POOL, PROCESSOR, FOLDER_IS, BROKER_CONNECTION } = process.env;
const folder = path.resolve('jobs');
mkdirSync(folder);
writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ type: FOLDER_IS }));
for (const file of ['double.js', 'double.mjs', 'double.cjs', 'requires.cjs', 'imports.cjs']) {
  cpSync(file, path.join(folder, file));
}

const worker = new Worker('numbers', path.join(folder, PROCESSOR), {
  connection: JSON.parse(BROKER_CONNECTION),
  useWorkerThreads: POOL === 'threads',
});
worker.on('failed', (_job, error) => console.error(`Job failed: ${error.stack}`));
worker.on('error', (error) => console.error(error.stack));
await worker.waitUntilReady();
console.log('ready');
