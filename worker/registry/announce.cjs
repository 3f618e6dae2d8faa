// @ts-check
'use strict';

const { randomUUID } = require('node:crypto');
const { obey } = require('./commands.cjs');
const { childrenOf, identityOf, jobsOf, openGauges } = require('./describe.cjs');
const { openPostgresStore } = require('./postgres-store.cjs');
const { openRedisStore } = require('./redis-store.cjs');
const { noteBegun, noteEnded, unwatch, watch } = require('./watch.cjs');

const defaults = { beatMs: 2000, keepMs: 300_000, blockedAfterMs: 3000 };
const atLeast = { beatMs: 100, keepMs: 1000, blockedAfterMs: 1000 };
/** How many heartbeats the record of a closing worker outlives the last one. */
const beatsWhenClosing = 5;
const stopWithinMs = 1000;
const commandsKept = 5;

/** @type {import('./public/announce.d.cts').announce} */
function announce(worker, options = {}) {
  const onError = oncePerMessage(options?.onError);
  try {
    return start(/** @type {any} */ (worker), settle(options ?? {}, onError), onError);
  } catch (error) {
    onError.tell(error);
    return () => Promise.resolve();
  }
}

/** @typedef {ReturnType<typeof settle>} Settings */
/** @typedef {ReturnType<typeof oncePerMessage>} OnError */

/**
 * @param {import('./parts.d.cts').Inner & import('node:events').EventEmitter} worker
 * @param {Settings} settings
 * @param {OnError} onError
 */
function start(worker, settings, onError) {
  const id = randomUUID();
  const store = openStore(worker, id, onError);
  const identity = identityOf(worker, id);
  const gauges = openGauges();
  const counts = { completed: 0, failed: 0, stalled: 0, lockRenewalsFailed: 0 };
  /** @type {Map<string, import('./parts.d.cts').Running>} */
  const running = new Map();
  /** @type {import('./parts.d.cts').RecordedCommand[]} */
  const commands = [];
  let closing = false;
  let over = false;
  /** @type {Promise<void> | undefined} */
  let beating;

  const record = (keepMs = settings.keepMs) => {
    const { busy, jobs } = jobsOf(worker, running);
    const children = childrenOf(worker);
    return {
      ...identity,
      concurrency: worker.concurrency ?? worker.opts?.concurrency ?? 1,
      state: closing ? 'closing' : worker.isPaused?.() ? 'paused' : 'running',
      busy,
      jobs,
      counts,
      ...(children === undefined ? {} : { children }),
      ...gauges.read(),
      beatMs: settings.beatMs,
      keepMs,
      blockedMs: 0,
      commands,
    };
  };

  const beatOnce = async () => {
    if (!store.isLive()) return;
    const keepMs = closing
      ? Math.min(settings.keepMs, beatsWhenClosing * settings.beatMs)
      : settings.keepMs;
    const now = record(keepMs);
    if (closing && now.busy === 0) {
      await end();
      return;
    }
    const json = JSON.stringify(now);
    if (settings.watch) look(json, keepMs);
    let command = await store.beat(json, keepMs);
    onError.forget();
    while (command !== undefined && settings.commands) {
      const { action, done } = await carryOut(command);
      // Told at once; what was asked meanwhile comes with it.
      command = store.isLive()
        ? await store.beat(JSON.stringify(record(keepMs)), keepMs)
        : undefined;
      if (action === 'stop' && done) stopWorker();
    }
  };

  /** @param {string} json */
  const carryOut = async (json) => {
    const answer = await obey(worker, json);
    commands.unshift(answer);
    commands.splice(commandsKept);
    return answer;
  };

  // Not waited for: running jobs go on until they are over.
  const stopWorker = () => {
    Promise.resolve(settings.onStop ? settings.onStop() : worker.close()).catch(onError.tell);
  };

  /** @type {(json: string, keepMs: number) => void} */
  const look = (json, keepMs) => {
    const remote = store.remote();
    if (!remote) return;
    const { blockedAfterMs } = settings;
    watch(id, { json, keepMs, blockedAfterMs, remote }, onError.tell);
  };

  const beat = () => {
    if (over) return;
    // One at a time: a broker that is slow must not get a queue of them.
    beating ??= beatOnce()
      .catch(onError.tell)
      .finally(() => {
        beating = undefined;
      });
  };

  /** @param {{ id?: string } | undefined} job */
  const ended = (job) => {
    if (job?.id !== undefined) {
      running.delete(job.id);
      noteEnded(job.id);
    }
    // The connection of a closing worker goes with its last job.
    if (closing) beatOnce().catch(onError.tell);
  };

  const listeners = {
    /** @param {{ id?: string; name?: string }} job */
    active: ({ id: job, name = '' }) => {
      if (job === undefined) return;
      running.set(job, { name, since: Date.now() });
      noteBegun(id, job, name);
    },
    /** @param {{ id?: string } | undefined} job */
    completed: (job) => {
      counts.completed += 1;
      ended(job);
    },
    /** @param {{ id?: string } | undefined} job */
    failed: (job) => {
      counts.failed += 1;
      ended(job);
    },
    stalled: () => {
      counts.stalled += 1;
    },
    /** @param {readonly string[]} jobs */
    lockRenewalFailed: (jobs) => {
      counts.lockRenewalsFailed += jobs.length;
    },
    ready: beat,
    // Sent before BullMQ's own goodbye on the same connection, which it may close at once.
    closing: () => {
      closing = true;
      beatOnce().catch(onError.tell);
    },
    closed: () => {
      end().catch(onError.tell);
    },
  };
  for (const [event, listener] of Object.entries(listeners)) worker.on(event, listener);
  const timer = setInterval(beat, settings.beatMs).unref();
  beat();

  const end = async () => {
    if (over) return;
    over = true;
    clearInterval(timer);
    gauges.close();
    unwatch(id);
    for (const [event, listener] of Object.entries(listeners)) worker.off(event, listener);
    if (store.isLive()) await store.remove();
  };
  return async () => {
    const done = end().catch(onError.tell);
    /** @type {NodeJS.Timeout | undefined} */
    let late;
    await Promise.race([
      done,
      new Promise((resolve) => {
        late = setTimeout(resolve, stopWithinMs);
      }),
    ]);
    clearTimeout(late);
  };
}

/**
 * @param {import('./parts.d.cts').Inner} worker
 * @param {string} id
 * @param {OnError} onError
 */
function openStore(worker, id, onError) {
  const pool = worker.getBackend?.().connection?.pool;
  return typeof pool?.query === 'function'
    ? openPostgresStore(worker, pool, id)
    : openRedisStore(worker, id, onError.tell);
}

/**
 * @param {import('./public/announce.d.cts').AnnounceOptions} options
 * @param {OnError} onError
 */
function settle(options, onError) {
  /** @param {keyof typeof defaults} name */
  const ms = (name) => {
    const given = options[name];
    if (given === undefined) return defaults[name];
    if (Number.isFinite(given) && given >= atLeast[name]) return Math.round(given);
    onError.tell(
      new RangeError(
        `expected ${name} of at least ${atLeast[name]} milliseconds, got ${given}. ${defaults[name]} is taken.`,
      ),
    );
    return defaults[name];
  };
  return {
    beatMs: ms('beatMs'),
    keepMs: ms('keepMs'),
    blockedAfterMs: ms('blockedAfterMs'),
    watch: options.watch !== false,
    commands: options.commands !== false,
    onStop: options.onStop,
  };
}

/**
 * A broker that is away fails every heartbeat: it is told once, until one succeeds.
 *
 * @param {((error: Error) => void) | undefined} onError
 */
function oncePerMessage(onError) {
  /** @type {Set<string>} */
  const told = new Set();
  return {
    /** @param {unknown} thrown */
    tell: (thrown) => {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      if (told.has(error.message)) return;
      told.add(error.message);
      try {
        onError?.(error);
      } catch {
        // Whoever listens must not take the worker down.
      }
    },
    forget: () => {
      told.clear();
    },
  };
}

module.exports = { announce };
