import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { producerConnection, workerConnection } from '../settings.ts';
import type { Broker } from './broker.ts';

/** Jobs in Redis or Valkey. */
export function redisBroker(url: string): Broker {
  return {
    openQueue: (name, onError) => {
      const connection = new Redis(url, producerConnection);
      connection.on('error', onError);
      const queue = new Queue(name, { connection });
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
      const connection = new Redis(url, workerConnection);
      connection.on('error', () => undefined);
      const worker = new Worker(name, processor, { ...options, connection });
      worker.on('error', onError);
      worker.on('closed', () => {
        connection.disconnect();
      });
      return {
        worker,
        abandon: async () => {
          connection.disconnect();
          await worker.disconnect();
        },
      };
    },
  };
}
