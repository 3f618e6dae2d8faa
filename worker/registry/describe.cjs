// @ts-check
'use strict';

const os = require('node:os');
const { monitorEventLoopDelay, performance } = require('node:perf_hooks');

const jobsAtMost = 20;
const nameAtMost = 200;

/**
 * What a worker is, and does not change.
 *
 * @param {import('./parts.d.cts').Inner} worker
 * @param {string} id
 */
function identityOf(worker, id) {
  const name = worker.opts?.name;
  const engine = versionOf(worker);
  return {
    id,
    queue: short(worker.name),
    ...(name && { name: short(name) }),
    host: short(os.hostname()),
    pid: process.pid,
    platform: process.platform,
    arch: process.arch,
    pool: poolOf(worker),
    ...(engine && { engine }),
    node: process.versions.node,
    startedAt: Math.round(performance.timeOrigin),
    cancels: worker.processorAcceptsSignal === true,
  };
}

/**
 * The pool as write-ups call it: solo runs in the process itself, prefork in children, threads in
 * worker threads.
 *
 * @param {import('./parts.d.cts').Inner} worker
 * @returns {'solo' | 'prefork' | 'threads'}
 */
function poolOf(worker) {
  if (!worker.childPool) return 'solo';
  return worker.opts?.useWorkerThreads ? 'threads' : 'prefork';
}

/**
 * BullMQ's version: from the worker itself, or from the package that is loaded.
 *
 * @param {import('./parts.d.cts').Inner} worker
 * @returns {string | undefined}
 */
function versionOf(worker) {
  const told = worker.getBackend?.().version ?? worker.connection?.packageVersion;
  if (typeof told === 'string') return told;
  for (const file of [require.main?.filename, __filename]) {
    if (file === undefined) continue;
    try {
      const paths = [require('node:path').dirname(file)];
      return require(require.resolve('bullmq/package.json', { paths })).version;
    } catch {
      // Asked for next where this package lies.
    }
  }
  return undefined;
}

/**
 * @param {import('./parts.d.cts').Inner} worker
 * @param {Map<string, import('./parts.d.cts').Running>} running
 */
function jobsOf(worker, running) {
  // A job that goes back to waiting by itself ends without an event: BullMQ's own list knows.
  const tracked = worker.lockManager?.getTrackedJobIds?.();
  if (tracked) {
    const still = new Set(tracked);
    for (const id of running.keys()) if (!still.has(id)) running.delete(id);
  }
  const ids = tracked ?? [...running.keys()];
  const jobs = ids.slice(0, jobsAtMost).map((id) => {
    const { name = '', since = Date.now() } = running.get(id) ?? {};
    return { id: short(id), name: short(name), since };
  });
  return { busy: ids.length, jobs };
}

/** @param {import('./parts.d.cts').Inner} worker */
function childrenOf({ childPool }) {
  if (!childPool?.retained || !childPool.free) return undefined;
  const free = Object.values(childPool.free).reduce((sum, list) => sum + list.length, 0);
  return Object.keys(childPool.retained).length + free;
}

/** What the process takes, asked for with each heartbeat. */
function openGauges() {
  // A timer of the runtime's, which wakes no JavaScript.
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  let cpu = process.cpuUsage();
  let at = performance.now();
  return {
    read: () => {
      const now = performance.now();
      const used = process.cpuUsage(cpu);
      const cpuPercent = (used.user + used.system) / 1000 / Math.max(1, now - at);
      cpu = process.cpuUsage();
      at = now;
      const lag = { mean: toMs(delay.mean), p99: toMs(delay.percentile(99)), max: toMs(delay.max) };
      delay.reset();
      const limit = memoryLimit();
      return {
        rssBytes: process.memoryUsage.rss(),
        ...(limit && { memoryLimitBytes: limit }),
        cpuPercent: Math.round(cpuPercent * 1000) / 10,
        lag,
      };
    },
    close: () => {
      delay.disable();
    },
  };
}

/** The limit of the cgroup; undefined where there is none, or where Node cannot tell. */
function memoryLimit() {
  const limit = process.constrainedMemory?.();
  return limit && limit > 0 && limit < os.totalmem() ? limit : undefined;
}

/**
 * Nanoseconds to milliseconds, without what the gauge's own timer takes.
 *
 * @param {number} ns
 */
function toMs(ns) {
  const ms = ns / 1e6 - 20;
  return Number.isFinite(ms) ? Math.max(0, Math.round(ms * 10) / 10) : 0;
}

/** @param {unknown} text */
function short(text) {
  return String(text).slice(0, nameAtMost);
}

module.exports = { identityOf, jobsOf, childrenOf, openGauges, short };
