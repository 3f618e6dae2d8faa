import type { Queue } from 'bullmq';
import type { OnError } from '../broker/broker.ts';
import type { Database } from '../database/open.ts';
import { waitingImports } from '../import/import-record.ts';
import { forgottenAfterSeconds } from '../settings.ts';
import { enqueueImport } from './import-job.ts';

/**
 * Queues imports whose job was lost, now and then: with a Redis that forgets, or a process that died
 * between putting the file down and queueing it. Until it is disposed of.
 */
export function requeueForgotten(database: Database, queue: Queue, onError: OnError): Disposable {
  let busy = false;
  const look = async () => {
    // With the broker away the last look is still waiting for it.
    if (busy) return;
    busy = true;
    try {
      for (const id of await waitingImports(database, forgottenAfterSeconds)) {
        await enqueueImport(queue, id);
      }
    } finally {
      busy = false;
    }
  };
  const timer = setInterval(() => void look().catch(onError), forgottenAfterSeconds * 1000);
  look().catch(onError);
  return {
    [Symbol.dispose]: () => {
      clearInterval(timer);
    },
  };
}
