import type { Queue } from 'bullmq';
import type { OnError } from '../broker/connection.ts';
import type { Database } from '../database/open.ts';
import { waitingImports } from '../import/import-record.ts';
import { forgottenAfterSeconds, keptMs, removedAtOnce, upkeepEveryMs } from '../settings.ts';
import { enqueueImport } from './import-job.ts';

/**
 * Looks after the queue, at once and then every minute until it is disposed of: removes jobs that
 * finished long ago, and queues imports whose job was lost, with a Redis that forgets, or a process
 * that died between storing the file and queueing it.
 */
export function startUpkeep(
  database: Database,
  queue: Queue,
  onError: OnError,
  kept: typeof keptMs = keptMs,
): Disposable {
  let busy = false;
  const look = async () => {
    // With the broker away the last look is still waiting for it.
    if (busy) return;
    busy = true;
    try {
      for (const state of ['completed', 'failed'] as const) {
        await queue.clean(kept[state], removedAtOnce, state);
      }
      for (const id of await waitingImports(database, forgottenAfterSeconds)) {
        await enqueueImport(queue, id);
      }
    } finally {
      busy = false;
    }
  };
  const timer = setInterval(() => void look().catch(onError), upkeepEveryMs);
  look().catch(onError);
  return {
    [Symbol.dispose]: () => {
      clearInterval(timer);
    },
  };
}
