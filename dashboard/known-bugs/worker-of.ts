import type { WorkerFacts } from '../../catalog/verdict/for-worker.ts';
import { platforms } from '../../catalog/writeup/schema.ts';
import type { WorkerRecord } from '../../worker/registry/record.ts';
import { workersOf } from '../../worker/registry/workers-of.ts';
import type { QueueDirectory } from '../queues/directory.ts';

/** What tells which worker had a job. */
interface JobOfWorker {
  /** The id of its queue. */
  readonly queue: string;
  /** The name that the worker wrote into the job; BullMQ writes it where a worker has a name. */
  readonly processedBy?: string | undefined;
}

/** What is known of the worker that had a job last; undefined where nothing is. */
export type WorkerOf = (job: JobOfWorker) => Promise<WorkerFacts | undefined>;

/** How long what the registry said holds, in milliseconds: groups ask for many jobs at once. */
const keptMs = 2000;

/**
 * Looks workers up in the registry, by the name that they wrote into the job. Where several workers of
 * a queue have that name and differ in platform, pool or version, nothing is known: it may be either.
 */
export function registeredWorkers(queues: QueueDirectory): WorkerOf {
  const read = new Map<string, { at: number; records: Promise<readonly WorkerRecord[]> }>();
  const recordsOf = (id: string) => {
    const kept = read.get(id);
    if (kept && performance.now() - kept.at < keptMs) return kept.records;
    const queue = queues.find(id)?.queue;
    // A broker that is away takes away what is known of workers, and not the page.
    const records = queue
      ? workersOf(queue).then(
          (seen) => seen.map(({ record }) => record),
          () => [],
        )
      : Promise.resolve([]);
    read.set(id, { at: performance.now(), records });
    return records;
  };
  return async ({ queue, processedBy }) => {
    if (processedBy === undefined) return undefined;
    const named = (await recordsOf(queue)).filter(({ name }) => name === processedBy);
    const [first, ...others] = named.map(factsOf);
    const differs = others.some((one) => JSON.stringify(one) !== JSON.stringify(first));
    return differs ? undefined : first;
  };
}

function factsOf({ platform, pool, engine, node }: WorkerRecord): WorkerFacts {
  const known = platforms.find((one) => one === platform);
  return {
    ...(known && { platform: known }),
    pool,
    versions: [
      ...(engine === undefined ? [] : [{ package: 'bullmq', version: engine }]),
      { package: 'node', version: node.replace(/^v/, '') },
    ],
  };
}
