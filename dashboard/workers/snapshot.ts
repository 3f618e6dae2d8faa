import pLimit from 'p-limit';
import { z } from 'zod';
import { workerRecordSchema } from '../../worker/registry/record.ts';
import { workersOf, type SeenWorker } from '../../worker/registry/workers-of.ts';
import type { QueueDirectory } from '../queues/directory.ts';
import { healthOf, healths } from '../../worker/registry/health.ts';
import { skewOf } from './skew.ts';
import { unjoined } from './unjoined.ts';

/** Queues that are read at once. */
const atOnce = 16;

const workerSchema = workerRecordSchema.extend({
  /** The queue's id in the dashboard. */
  queueId: z.string(),
  /** When it was last heard of, in milliseconds since 1970, by this server's clock. */
  heardAt: z.number(),
  health: z.enum(healths),
  /** How its versions differ from those of the other workers of its queue, in words. */
  skew: z.array(z.string()),
});

/** What `/ops/api/workers` answers, and each event of `/ops/api/workers/events`. */
export const workersSchema = z.object({
  workers: z.array(workerSchema),
  /** Connections that wait for jobs, of workers that did not join. */
  unjoined: z.array(
    z.object({ queueId: z.string(), name: z.string().optional(), address: z.string().optional() }),
  ),
  /** Queues whose workers could not be read. */
  unread: z.array(z.object({ queueId: z.string(), says: z.string() })),
});

export type Workers = z.output<typeof workersSchema>;

/** Reads the workers of all queues. */
export async function readAllWorkers(queues: QueueDirectory): Promise<Workers> {
  const limit = pLimit(atOnce);
  const known = queues.list();
  const unread: Workers['unread'][number][] = [];
  const seen = new Map<string, readonly SeenWorker[]>();
  await Promise.all(
    known.map(({ id, queue }) =>
      limit(async () => {
        try {
          seen.set(id, await workersOf(queue));
        } catch (error) {
          unread.push({
            queueId: id,
            says: error instanceof Error ? error.message : String(error),
          });
        }
      }),
    ),
  );
  const now = Date.now();
  const workers = [...seen].flatMap(([queueId, ofQueue]) =>
    ofQueue.map((worker) => ({
      ...worker.record,
      queueId,
      // Whole seconds: what is sent again must differ by more than the time that reading took.
      heardAt: Math.round((now - worker.agoMs) / 1000) * 1000,
      health: healthOf(worker),
      skew: skewOf(
        worker.record,
        ofQueue.map(({ record }) => record),
      ),
    })),
  );
  const others = await unjoined(known, seen).catch(() => []);
  return { workers: workers.toSorted(byQueueAndHost), unjoined: others, unread };
}

function byQueueAndHost(
  a: { queueId: string; host: string; pid: number },
  b: { queueId: string; host: string; pid: number },
): number {
  return a.queueId.localeCompare(b.queueId) || a.host.localeCompare(b.host) || a.pid - b.pid;
}
