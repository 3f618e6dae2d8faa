// @ts-check
'use strict';

const path = require('node:path');
const { Worker } = require('node:worker_threads');

/** How often the event loop says that it goes round, in milliseconds. */
const tickMs = 500;

/**
 * The job that was begun last and is not over, for the thread: the heartbeat before may not know of it
 * when it is the one that blocks the loop. A length, then `<worker> <since> <id> <name>`.
 */
const noteBytes = 512;
const noted = {
  length: new Int32Array(new SharedArrayBuffer(4)),
  text: new Uint8Array(new SharedArrayBuffer(noteBytes)),
  /** @type {string | undefined} */
  job: undefined,
};
const encoder = new TextEncoder();

/**
 * @param {string} worker
 * @param {string} job
 * @param {string} name
 */
function noteBegun(worker, job, name) {
  noted.job = job;
  const text = `${worker} ${Date.now()} ${job} ${name}`;
  Atomics.store(noted.length, 0, encoder.encodeInto(text, noted.text).written);
}

/** @param {string} job */
function noteEnded(job) {
  if (noted.job !== job) return;
  noted.job = undefined;
  Atomics.store(noted.length, 0, 0);
}

/**
 * The one thread of this process that tells of a blocked event loop, while there is somebody to watch
 * for. It compares a time that the loop writes into shared memory, and connects only while it is late.
 *
 * @type {{ thread: Worker; timer: NodeJS.Timeout; ids: Set<string> } | undefined}
 */
let watching;

/**
 * Tells the thread what to write about a worker while the loop is blocked.
 *
 * @param {string} id
 * @param {{ json: string; keepMs: number; blockedAfterMs: number; remote: import('./parts.d.cts').Remote }} what
 * @param {(error: unknown) => void} onError
 */
function watch(id, what, onError) {
  watching ??= start(onError);
  const { ids, thread } = watching;
  // What it is connected with does not change: it is sent once.
  const { remote, ...rest } = what;
  thread.postMessage(ids.has(id) ? { id, ...rest } : { id, ...rest, remote });
  ids.add(id);
}

/** @param {string} id */
function unwatch(id) {
  if (!watching?.ids.delete(id)) return;
  const { thread, timer, ids } = watching;
  if (ids.size > 0) {
    thread.postMessage({ id });
    return;
  }
  watching = undefined;
  clearInterval(timer);
  thread.terminate().catch(() => undefined);
}

/** @param {(error: unknown) => void} onError */
function start(onError) {
  const ticks = new BigInt64Array(new SharedArrayBuffer(8));
  const tick = () => {
    Atomics.store(ticks, 0, process.hrtime.bigint());
  };
  tick();
  const timer = setInterval(tick, tickMs).unref();
  const thread = new Worker(path.join(__dirname, 'watch-thread.cjs'), {
    workerData: { ticks, length: noted.length, text: noted.text },
    // Flags of the process are refused in threads, and preloaded modules are none of this one's.
    execArgv: [],
    name: 'poolproof registry',
    resourceLimits: { maxOldGenerationSizeMb: 64 },
  });
  thread.unref();
  thread.on('error', onError);
  thread.on('messageerror', onError);
  const mine = { thread, timer, ids: new Set() };
  thread.on('exit', () => {
    clearInterval(timer);
    // The next heartbeat starts another one.
    if (watching === mine) watching = undefined;
  });
  return mine;
}

module.exports = { watch, unwatch, noteBegun, noteEnded };
