/** A worker whose child process is to be of the same user as it is, if USER_IS says `given`. */
import { Worker } from 'bullmq';

// Windows has no such numbers: there any will do.
const { getuid = () => 1000, getgid = () => 1000 } = process;
const user = { uid: getuid.call(process), gid: getgid.call(process) };

const worker = new Worker('numbers', new URL('./double.mjs', import.meta.url), {
  connection: JSON.parse(process.env.BROKER_CONNECTION),
  workerForkOptions: {
    given: user,
    'left out': {},
    'given but on Windows': process.platform === 'win32' ? {} : user,
  }[process.env.USER_IS],
});
worker.on('failed', (_job, error) => console.error(`Job failed: ${error.stack}`));

await worker.waitUntilReady();
console.log('ready');
