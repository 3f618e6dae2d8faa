/**
 * Starts a worker, has it stopped in the middle of its job as HOW says, and starts another in its place.
 *
 *     supervisor.mjs HOW      a signal, `message`, or `nothing`
 */
import { fork } from 'node:child_process';
import { on, once } from 'node:events';
import { writeFileSync } from 'node:fs';

const how = process.argv[2];

function start(name) {
  const worker = fork('worker.mjs');
  worker.on('message', (message) => console.log(`${name} worker: ${message}`));
  return worker;
}

async function says(worker, text) {
  for await (const [message] of on(worker, 'message')) if (message === text) return;
}

const first = start('first');
const ended = once(first, 'exit');
await says(first, 'takes jobs');
console.log('ready');

await says(first, 'runs the job');
if (how === 'message') first.send('shutdown');
else if (how !== 'nothing') first.kill(how);
// The job goes on once its worker has begun to close, or is no more.
if (how !== 'nothing') await Promise.race([ended, says(first, 'closes')]);
writeFileSync('go on', '');

const [code, signal] = await ended;
console.log(`first worker ended with ${signal ?? `code ${code}`}`);
start('second');
