import pLimit from 'p-limit';
import { healthOf } from '../../../worker/registry/health.ts';
import { workersOf, type SeenWorker } from '../../../worker/registry/workers-of.ts';
import type { QueueDirectory } from '../../queues/directory.ts';
import type { Sample, WorkerSample } from '../sample.ts';
import { postgresPoolOf, readPostgresQueue } from './postgres.ts';
import { readRedisBroker, readRedisQueue } from './redis.ts';

/** Queues that are read at once. */
const atOnce = 16;

/**
 * Measures queues, workers and broker once.
 * @throws what the broker says when it cannot be asked: half a sample would resolve alerts.
 */
export async function measure(queues: QueueDirectory): Promise<Sample> {
  const known = queues.list();
  const [first] = known;
  if (!first) return { at: Date.now(), queues: [], workers: [], broker: undefined };
  const limit = pLimit(atOnce);
  const listeners = await listenersOf(first.queue);
  const broker = postgresPoolOf(first.queue) ? undefined : await readRedisBroker(first.queue);
  const now = Date.now();
  const read = await Promise.all(
    known.map(({ id, queue }) =>
      limit(async () => {
        const pool = postgresPoolOf(queue);
        const counted = pool
          ? await readPostgresQueue(pool, queue, now)
          : await readRedisQueue(queue, now);
        const workers = await workersOf(queue);
        const sample = { id, ...counted, listening: listeners?.(queue) };
        return { sample, workers: workers.map((worker) => sampleOf(worker, id)) };
      }),
    ),
  );
  return {
    at: now,
    queues: read.map(({ sample }) => sample),
    workers: read.flatMap(({ workers }) => workers),
    broker,
  };
}

function sampleOf(worker: SeenWorker, queue: string): WorkerSample {
  const { record, agoMs } = worker;
  const health = healthOf(worker);
  const blockedMs = record.blockedMs > 0 ? record.blockedMs + agoMs : 0;
  return {
    id: record.id,
    queue,
    where: `${record.host}:${record.pid}`,
    health,
    silentSeconds: health === 'silent' ? agoMs / 1000 : 0,
    loopDelayMs: Math.round(Math.max(blockedMs, record.lag.max)),
    engine: record.engine,
    children: record.children,
    counts: record.counts,
  };
}

type KnownQueue = ReturnType<QueueDirectory['list']>[number]['queue'];

/** How many clients wait for a job of a queue; undefined where the broker does not list its clients. */
async function listenersOf(
  first: KnownQueue,
): Promise<((queue: KnownQueue) => number) | undefined> {
  let lines: string[];
  try {
    const lists = await first.getBackend().getClientList();
    lines = lists.flatMap((list) => list.split(/\r?\n/));
  } catch {
    return undefined;
  }
  // Redis tells who is in a blocking command; a connection that lost it is deaf (BUG-011).
  const waiting = lines.filter((line) => !line.includes(' flags=') || / flags=\w*b/.test(line));
  const names = waiting.map((line) => /(?:^| )name=(\S*)/.exec(line)?.[1] ?? '');
  return (queue) => {
    const unnamed = queue.getBackend().clientName();
    return names.filter((name) => name === unnamed || name.startsWith(`${unnamed}:w:`)).length;
  };
}
