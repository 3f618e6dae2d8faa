/**
 * Starts a worker, kills it, starts another in its place, and tells what becomes of the child process that ran the
 * job of the first: it ends, or it uses up a processor.
 *
 *     supervisor.mjs WHEN      to kill: `during` the job, or `after` it
 */
import { fork } from 'node:child_process';
import { on, once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

const letJobGoOn = () => writeFileSync('go on', '');

async function hears(worker, name) {
  for await (const [message] of on(worker, 'message')) if (message[name]) return message[name];
}

const first = fork('worker.mjs');
await hears(first, 'ready');
console.log('ready');

const child = await hears(first, 'child');
if (process.argv[2] === 'after') {
  letJobGoOn();
  await hears(first, 'done');
}
const ended = once(first, 'exit');
first.kill('SIGKILL');
await ended;
fork('worker.mjs');
const before = secondsUsed();
letJobGoOn();

await watch(3);
if (isRunning(child)) {
  console.log(`child used ${secondsUsed() - before} s`);
  process.kill(child, 'SIGTERM');
  await watch(4);
  console.log(`child ${isRunning(child) ? 'ignores' : 'ends on'} SIGTERM`);
} else console.log('child has ended');
console.log('over');

/** Waits until the child has ended, or has used a processor for so long since its worker ended. */
async function watch(seconds) {
  const deadline = Date.now() + 60_000;
  while (isRunning(child) && secondsUsed() - before < seconds && Date.now() < deadline) {
    await pause(50);
  }
}

function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** What the child's meter has noted last. */
function secondsUsed() {
  const noted = readFileSync(`used by ${child}`, 'utf8').trimEnd().split(/\r?\n/);
  return Number(noted.at(-1)) / 1e6;
}
