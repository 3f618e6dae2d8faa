import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { producerConnection, redisPrefix, workerConnection, workerOptions } from '../settings.ts';
import type { Broker } from './connection.ts';
import { paceErrors } from './pace-errors.ts';

/** Jobs in Redis or Valkey. */
export function redisBroker(url: string): Broker {
  return {
    openQueue: (name, onError) => {
      const connection = new Redis(url, producerConnection);
      connection.on('error', onError);
      const queue = new Queue(name, { connection, prefix: redisPrefix });
      // The connection's errors once more.
      queue.on('error', () => undefined);
      return {
        queue,
        [Symbol.asyncDispose]: async () => {
          await queue.close();
          connection.disconnect();
        },
      };
    },
    openWorker: (name, processor, options, onError) => {
      // BullMQ copies this connection for its blocking reads, and waits for the copy to be ready
      // before it closes it: with a broker that is away, only the copy's own strategy can end it.
      const ended = new AbortController();
      const connection = new Redis(url, {
        ...workerConnection,
        retryStrategy: (times) => (ended.signal.aborted ? null : reconnectDelayMs(times)),
      });
      connection.on('error', () => undefined);
      const worker = new Worker(name, processor, {
        ...workerOptions,
        ...options,
        connection,
        prefix: redisPrefix,
      });
      paceErrors(worker.getBackend());
      worker.on('error', onError);
      worker.on('closed', () => {
        ended.abort();
        connection.disconnect();
      });
      return {
        worker,
        abandon: async () => {
          ended.abort();
          connection.disconnect();
          await worker.disconnect();
        },
      };
    },
  };
}

/** How long to wait before connecting again, in milliseconds: from 50 ms, doubled up to 1 s. */
function reconnectDelayMs(times: number): number {
  return Math.min(50 * 2 ** (times - 1), 1000);
}
