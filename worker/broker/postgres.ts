import { createPostgresBackend, withBackend, type Queue, type Worker } from 'bullmq';
import type { Broker } from './connection.ts';

const Postgres = withBackend(createPostgresBackend);

/**
 * A backend whose first connection fails never tries again, so a slow machine is given time, in
 * milliseconds. Whoever cannot wait that long has a deadline of their own.
 */
const connectionTimeoutMillis = 30_000;

/** Jobs in PostgreSQL, in a schema of BullMQ's own, which is brought up to date when it connects. */
export function postgresBroker(url: string): Broker {
  const connection = {
    connectionString: url,
    connectionTimeoutMillis,
    migrate: true,
  };
  return {
    openQueue: (name, onError) => {
      const queue = new Postgres.Queue(name, { connection });
      queue.on('error', onError);
      return {
        // Typed by their backend, which is nothing to those who use them.
        queue: queue as unknown as Queue,
        [Symbol.asyncDispose]: () => queue.close(),
      };
    },
    openWorker: (name, processor, options, onError) => {
      const worker = new Postgres.Worker(name, processor, { ...options, connection });
      worker.on('error', onError);
      return {
        worker: worker as unknown as Worker,
        abandon: () => worker.disconnect(),
      };
    },
  };
}
