import type { Queue } from 'bullmq';
import pLimit from 'p-limit';
import type { OnError } from '../broker/connection.ts';
import { saysOutage } from '../database/is-down.ts';
import type { Database } from '../database/open.ts';
import {
  noteFailedCarrier,
  noteNextCarrier,
  readIdleImports,
  type IdleImport,
} from '../lifecycle/carriers.ts';
import {
  keptMs,
  lostAfterSeconds,
  removedAtOnce,
  removeEveryMs,
  upkeepEveryMs,
} from '../settings.ts';
import { enqueueImport, jobIdOf } from './import-job.ts';

/** States in which a job still comes to a worker, or is with one. */
const alive = new Set([
  'waiting',
  'prioritized',
  'delayed',
  'active',
  'waiting-children',
  'paused',
]);

/** Jobs asked after at once. */
const atOnce = pLimit(50);

export interface UpkeepTimes {
  readonly kept: typeof keptMs;
  readonly everyMs: number;
  readonly lostAfterSeconds: number;
}

/**
 * Looks after the queue until it is disposed of: sees that every import that is not over has a job
 * that comes to a worker, whatever became of the one before (failed, evicted, flushed, obliterated,
 * or never put, by a process that died between storing the file and queueing it), and removes jobs
 * that finished long ago.
 */
export function startUpkeep(
  database: Database,
  queue: Queue,
  onError: OnError,
  times: Partial<UpkeepTimes> = {},
): Disposable {
  const { kept, everyMs, lostAfterSeconds: lostAfter } = { ...defaults, ...times };
  let seen = new Set<string>();
  let busy = false;
  let removed = -Infinity;
  const look = async () => {
    // With the broker away the last look is still waiting for it.
    if (busy) return;
    busy = true;
    try {
      const idle = await readIdleImports(database, lostAfter);
      const looks = { before: seen, now: (seen = new Set<string>()) };
      await Promise.all(idle.map((one) => atOnce(() => carryAgain(database, queue, one, looks))));
      if (performance.now() - removed < removeEveryMs) return;
      for (const state of ['completed', 'failed'] as const) {
        await queue.clean(kept[state], removedAtOnce, state);
      }
      removed = performance.now();
    } finally {
      busy = false;
    }
  };
  const timer = setInterval(() => void look().catch(onError), everyMs);
  look().catch(onError);
  return {
    [Symbol.dispose]: () => {
      clearInterval(timer);
    },
  };
}

const defaults: UpkeepTimes = { kept: keptMs, everyMs: upkeepEveryMs, lostAfterSeconds };

/** Queues an import anew unless its job comes to a worker, or is with one. */
async function carryAgain(
  database: Database,
  queue: Queue,
  idle: IdleImport,
  seen: { readonly before: ReadonlySet<string>; readonly now: Set<string> },
): Promise<void> {
  const jobId = jobIdOf(idle.id, idle.carried);
  const state = await queue.getJobState(jobId);
  // The job of a process that died is `active` until its lock runs out, half a minute later. What
  // is seen twice with nobody at work is no job that is just about to begin.
  const isDead = idle.abandoned || (idle.deserted && seen.before.has(jobId));
  if (state === 'active' && !isDead) {
    if (idle.deserted) seen.now.add(jobId);
    return;
  }
  if (state !== 'active' && alive.has(state)) return;
  if (state === 'failed') {
    const reason = (await queue.getJob(jobId))?.failedReason ?? 'unknown';
    if (!saysOutage(reason)) await noteFailedCarrier(database, idle, reason);
  }
  // Put first, noted then: whoever dies in between has put a job that is found to be there.
  await enqueueImport(queue, idle.id, idle.carried + 1);
  await noteNextCarrier(database, idle);
}
