import type { Queue } from 'bullmq';
import { queueId, type Place } from './queue-id.ts';

/** A worker as the broker sees it: one connection. */
export interface WorkerConnection {
  readonly id: string;
  readonly addr: string;
  /** As it was named when it was made. */
  readonly name: string | null;
  /** How long it is connected, in seconds. */
  readonly age: number;
}

/** A queue that the dashboard knows. */
export interface KnownQueue extends Place {
  /** By which addresses name it, the same as long as the queue is there: its name, with its prefix where that is not BullMQ's own. */
  readonly id: string;
  /** As people read it: its name, with its prefix where that is not BullMQ's own. */
  readonly title: string;
  readonly queue: Queue;
  /** The workers connected to it, where they are asked for once for all queues; undefined: unknown. */
  readonly workers?: () => Promise<readonly WorkerConnection[] | undefined>;
}

/** How far the search for queues is. */
export interface SearchState {
  /** Whether all was looked at at least once. While it is not, there may be more queues. */
  readonly complete: boolean;
  /** What was looked at so far, in words: `120,000 of about 3,000,000 keys`. */
  readonly looked: string;
  /** Why the last look failed. */
  readonly problem?: string;
}

/** The queues of a broker, as they come and go. */
export interface QueueDirectory extends AsyncDisposable {
  /** All of them, by name. */
  readonly list: () => readonly KnownQueue[];
  readonly find: (id: string) => KnownQueue | undefined;
  /** Calls when a queue has come or gone. @returns what ends the calls. */
  readonly onChange: (listener: () => void) => Disposable;
  readonly search: () => SearchState;
}

/** A directory of queues that somebody else opened, and closes. */
export function fixedDirectory(queues: readonly Queue[]): QueueDirectory {
  const known = queues.map((queue) => ({
    id: queueId({ prefix: 'bull', name: queue.name }, 'bull'),
    title: queue.name,
    name: queue.name,
    prefix: queue.opts.prefix ?? 'bull',
    queue,
  }));
  return {
    list: () => known,
    find: (id) => known.find((one) => one.id === id),
    onChange: () => ({ [Symbol.dispose]: () => undefined }),
    search: () => ({ complete: true, looked: 'the queues named at the start' }),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
