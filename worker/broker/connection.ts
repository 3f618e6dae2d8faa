import type { Processor, Queue, Worker, WorkerOptions } from 'bullmq';

/** Called with every error of a connection; they come for as long as the broker is away. */
export type OnError = (error: Error) => void;

interface OpenQueue extends AsyncDisposable {
  readonly queue: Queue;
}

interface OpenWorker {
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
