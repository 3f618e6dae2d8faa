import type { Processor, Queue, Worker, WorkerOptions } from 'bullmq';
import { BadInput } from '../../catalog/problem/bad-input.ts';
import { postgresBroker } from './postgres.ts';
import { redisBroker } from './redis.ts';

/** Called with every error of a connection; they come for as long as the broker is away. */
export type OnError = (error: Error) => void;

export interface OpenQueue extends AsyncDisposable {
  readonly queue: Queue;
}

export interface OpenWorker {
  readonly worker: Worker;
  /** Breaks the connections of a worker that cannot be closed, because its broker is gone. */
  readonly abandon: () => Promise<void>;
}

/** Where jobs live: the one place that knows Redis from PostgreSQL. */
export interface Broker {
  readonly openQueue: (name: string, onError: OnError) => OpenQueue;
  readonly openWorker: (
    name: string,
    processor: Processor | URL,
    options: Omit<WorkerOptions, 'connection'>,
    onError: OnError,
  ) => OpenWorker;
}

/**
 * The broker at a redis://, rediss://, postgres:// or postgresql:// URL. Nothing is connected yet.
 * @throws BadInput for any other.
 */
export function brokerAt(url: string): Broker {
  const scheme = URL.canParse(url) ? new URL(url).protocol : '';
  switch (scheme) {
    case 'redis:':
    case 'rediss:':
      return redisBroker(url);
    case 'postgres:':
    case 'postgresql:':
      return postgresBroker(url);
    default:
      throw new BadInput(
        `expected a broker URL that begins with redis:// or postgres://, got "${url}". ` +
          'Try --broker redis://127.0.0.1:6379',
      );
  }
}
