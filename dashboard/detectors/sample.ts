import type { Health } from '../../worker/registry/health.ts';

/** What was measured of a queue. */
export interface QueueSample {
  readonly id: string;
  readonly isPaused: boolean;
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  readonly failed: number;
  readonly completed: number;
  /** Connections that wait for a job of this queue at the broker; undefined where it does not say. */
  readonly listening: number | undefined;
  /** Jobs that are active and have no lock. */
  readonly stalled: number;
  /** How long ago the job that is next was added, in seconds; 0 where none waits. */
  readonly oldestWaitingSeconds: number;
  /** What ended in the last five minutes and is kept. */
  readonly recent: { readonly completed: number; readonly failed: number };
}

/** What a queue itself tells; who listens is asked once for all queues. */
export type Counted = Omit<QueueSample, 'id' | 'listening'>;

/** What a worker said of itself. */
export interface WorkerSample {
  readonly id: string;
  readonly queue: string;
  /** As people know it: `host:pid`. */
  readonly where: string;
  readonly health: Health;
  readonly silentSeconds: number;
  /** How long its event loop is or was held up, in milliseconds. */
  readonly loopDelayMs: number;
  readonly engine: string | undefined;
  readonly children: number | undefined;
  readonly counts: {
    readonly completed: number;
    readonly failed: number;
    readonly stalled: number;
    readonly lockRenewalsFailed: number;
  };
}

/** What the broker said of itself; PostgreSQL says nothing of it. */
export interface BrokerSample {
  readonly usedBytes: number;
  /** 0: no limit. */
  readonly limitBytes: number;
  readonly policy: string;
  readonly evictedKeys: number;
  readonly keys: number;
  readonly connections: number;
  readonly rejectedConnections: number;
}

/** Everything that was measured at one time. */
export interface Sample {
  /** In milliseconds since 1970. */
  readonly at: number;
  readonly queues: readonly QueueSample[];
  readonly workers: readonly WorkerSample[];
  readonly broker: BrokerSample | undefined;
}

/** The samples of the last minutes, the newest last. */
export type History = readonly [...Sample[], Sample];

/** The newest sample. */
export function newest(history: History): Sample {
  return history.at(-1) ?? history[0];
}

/** The oldest sample of the last so many seconds. */
export function secondsAgo(history: History, seconds: number): Sample {
  const { at } = newest(history);
  return history.find((one) => one.at >= at - seconds * 1000) ?? newest(history);
}
