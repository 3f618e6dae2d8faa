/**
 * A worker in the pool of POOL. Its processor is a copy of the file PROCESSOR, in a folder named as FOLDER says and
 * with the line ends of LINE_ENDS; BullMQ is told of it as GIVEN says, and gets OPTIONS beside it.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'bullmq';

const { POOL, PROCESSOR, FOLDER, LINE_ENDS, GIVEN, OPTIONS } = process.env;

const folders = {
  plain: '.',
  spaces: 'a folder with spaces',
  letters: 'Größe 数据',
  signs: 'C# 100%',
  long: Array(6).fill('fifty-letters'.padEnd(50, '-')).join('/'),
};
const lineEnds = { lf: '\n', crlf: '\r\n' };

const text = readFileSync(PROCESSOR, 'utf8').replaceAll(/\r?\n/g, lineEnds[LINE_ENDS]);
const file = path.resolve(folders[FOLDER], PROCESSOR);
mkdirSync(path.dirname(file), { recursive: true });
writeFileSync(file, text);

const given = {
  function: (job) => 2 * job.data[0],
  url: pathToFileURL(file),
  'relative url': new URL(PROCESSOR, import.meta.url),
  'text of url': pathToFileURL(file).href,
  path: file,
  'path with slashes': file.replaceAll(path.sep, '/'),
  'path without drive': file.replace(/^[a-z]:/i, ''),
  'relative path': `./${PROCESSOR}`,
};

const worker = new Worker('numbers', given[GIVEN], {
  ...JSON.parse(OPTIONS),
  connection: JSON.parse(process.env.BROKER_CONNECTION),
  useWorkerThreads: POOL === 'threads',
});
worker.on('failed', (_job, error) => console.error(`Job failed: ${error.stack}`));
await worker.waitUntilReady();
console.log(file.length > 260 ? 'ready with a long path' : 'ready');
