import type { Queue } from 'bullmq';

/** A queue that the dashboard knows. */
export interface KnownQueue {
  /** By which addresses name it, the same as long as the queue is there: its name, with its prefix where that is not BullMQ's own. */
  readonly id: string;
  readonly name: string;
  /** In Redis what stands before every key, in PostgreSQL the schema. */
  readonly prefix: string;
  readonly queue: Queue;
}

/** The queues of a broker, as they come and go. */
export interface QueueDirectory extends AsyncDisposable {
  /** All of them, by name. */
  readonly list: () => readonly KnownQueue[];
  readonly find: (id: string) => KnownQueue | undefined;
  /** Calls when a queue has come or gone. @returns what ends the calls. */
  readonly onChange: (listener: () => void) => Disposable;
}

/** A directory of queues that somebody else opened, and closes. */
export function fixedDirectory(queues: readonly Queue[]): QueueDirectory {
  const known = queues.map((queue) => ({
    id: queue.name,
    name: queue.name,
    prefix: queue.opts.prefix ?? 'bull',
    queue,
  }));
  return {
    list: () => known,
    find: (id) => known.find((one) => one.id === id),
    onChange: () => ({ [Symbol.dispose]: () => undefined }),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
