/** Doubles a number, and tells what its process or thread was started with. */
import path from 'node:path';
import { resourceLimits } from 'node:worker_threads';

export default function tell(job) {
  const startedWith = {
    greeting: process.env.GREETING ?? '',
    'options of node': process.execArgv.join(' '),
    arguments: process.argv.slice(2).join(' '),
    folder: path.basename(process.cwd()),
    megabytes: resourceLimits.maxOldGenerationSizeMb ?? 0,
  };
  console.log(JSON.stringify({ 'started with': startedWith }));
  return 2 * job.data[0];
}
