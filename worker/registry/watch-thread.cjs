// @ts-check
'use strict';

// Runs in a thread of the worker's process. While the event loop there is blocked, it says so in the
// records of its workers: the process lives. Where the process is dead or suspended, nobody writes.

const { parentPort, workerData } = require('node:worker_threads');

const checkMs = 1000;
/** A check that is as late as this: the whole process stood still, not the loop alone. */
const stoodStillMs = 3000;

/** @typedef {{ json: string; keepMs: number; blockedAfterMs: number; remote: import('./parts.d.cts').Remote }} Watched */
/** @type {Map<string, Watched>} */
const watched = new Map();
/** @type {Map<string, Promise<Writer>>} */
const writers = new Map();
/** @typedef {{ write: (id: string, json: string, keepMs: number) => Promise<unknown>; close: () => void }} Writer */

/** @type {BigInt64Array} */
const ticks = workerData.ticks;

parentPort?.on('message', ({ id, ...what }) => {
  if ('json' in what) watched.set(id, { ...watched.get(id), ...what });
  else watched.delete(id);
});

const blockedMs = () => Number((process.hrtime.bigint() - Atomics.load(ticks, 0)) / 1_000_000n);

let checkedAt = process.hrtime.bigint();
let writing = false;

setInterval(() => {
  const now = process.hrtime.bigint();
  const lateMs = Number((now - checkedAt) / 1_000_000n) - checkMs;
  checkedAt = now;
  if (writing || lateMs > stoodStillMs) return;
  const ms = blockedMs();
  const late = [...watched].filter(([, { blockedAfterMs }]) => ms >= blockedAfterMs);
  if (late.length === 0) {
    closeAll();
    return;
  }
  writing = true;
  Promise.all(late.map(([id, what]) => tell(id, what).catch(() => forget(id)))).finally(() => {
    writing = false;
  });
}, checkMs);

/**
 * @param {string} id
 * @param {Watched} what
 */
async function tell(id, { json, keepMs, remote, blockedAfterMs }) {
  const opening = writers.get(id) ?? open(remote);
  writers.set(id, opening);
  const writer = await opening;
  const ms = blockedMs();
  // It may go round again by now, and have written a record of its own.
  if (ms < blockedAfterMs) return;
  const record = JSON.stringify({ ...withLatest(id, JSON.parse(json)), blockedMs: ms });
  await within(writer.write(id, record, keepMs), 3000);
}

/**
 * A record with the job that was begun after it was written.
 *
 * @param {string} worker
 * @param {import('./parts.d.cts').WorkerRecord} record
 */
function withLatest(worker, record) {
  const length = Atomics.load(workerData.length, 0);
  // Copied first: shared memory is not decoded.
  const text = new TextDecoder().decode(workerData.text.slice(0, length));
  const [of, since, id, ...name] = text.split(' ');
  if (of !== worker || id === undefined || record.jobs.some((job) => job.id === id)) return record;
  const job = { id, name: name.join(' ').slice(0, 200), since: Number(since) };
  return { ...record, busy: record.busy + 1, jobs: [job, ...record.jobs].slice(0, 20) };
}

/** @param {string} id */
function forget(id) {
  const opening = writers.get(id);
  writers.delete(id);
  opening?.then(
    (writer) => writer.close(),
    () => undefined,
  );
}

function closeAll() {
  for (const id of [...writers.keys()]) forget(id);
}

/**
 * @param {import('./parts.d.cts').Remote} remote
 * @returns {Promise<Writer>}
 */
async function open(remote) {
  return remote.kind === 'redis' ? openRedis(remote) : openPostgres(remote.options);
}

/**
 * @param {Extract<import('./parts.d.cts').Remote, { kind: 'redis' }>} remote
 * @returns {Promise<Writer>}
 */
async function openRedis({ key, options, nodes }) {
  const { Redis, Cluster } = require('ioredis');
  const given = { lazyConnect: true, connectTimeout: 2000 };
  const client = nodes
    ? new Cluster([...nodes], { ...options, lazyConnect: true, clusterRetryStrategy: () => null })
    : new Redis({ ...options, ...given, maxRetriesPerRequest: 1, retryStrategy: () => null });
  client.on('error', () => undefined);
  await client.connect();
  return {
    write: (_id, json, keepMs) => client.set(key, json, 'PX', keepMs, 'XX'),
    close: () => {
      client.disconnect();
    },
  };
}

/**
 * @param {object} options
 * @returns {Promise<Writer>}
 */
async function openPostgres(options) {
  const { Client } = require('pg');
  const client = new Client({ ...options, connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  await client.connect();
  const update =
    'update poolproof_registry.worker set record = $2, keep_ms = $3, beat_at = now() where id = $1';
  return {
    write: (id, json, keepMs) => client.query(update, [id, json, keepMs]),
    close: () => {
      client.end().catch(() => undefined);
    },
  };
}

/**
 * @param {Promise<unknown>} work
 * @param {number} ms
 */
async function within(work, ms) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const late = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('the broker does not answer')), ms);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
