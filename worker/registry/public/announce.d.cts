import type { Worker } from 'bullmq';

/** How a worker joins the registry. */
export interface AnnounceOptions {
  /** How often the worker is heard of, in milliseconds. Default: 2000, at least 100. */
  readonly beatMs?: number;
  /** How long the record of a worker that fell silent is kept, in milliseconds. Default: 5 minutes. */
  readonly keepMs?: number;
  /** How long the event loop is held up before the worker counts as blocked, in milliseconds. Default: 3000. */
  readonly blockedAfterMs?: number;
  /** Whether a thread tells of a blocked event loop. Default: true. It connects only while the loop is blocked. */
  readonly watch?: boolean;
  /** Whether the dashboard may pause, resume and stop the worker and cancel its jobs. Default: true. */
  readonly commands?: boolean;
  /** Called when the dashboard stops the worker. Default: `worker.close()`. */
  readonly onStop?: () => unknown;
  /** Called with what went wrong: the same message once, until a heartbeat succeeds. Default: ignored. */
  readonly onError?: (error: Error) => void;
}

/** Ends the announcement and takes the record away. Never rejects, and takes a second at most. */
export type StopAnnouncing = () => Promise<void>;

/** What the registry uses of a worker: any of BullMQ's, on Redis or PostgreSQL. */
export type AnyWorker = Pick<Worker, 'on' | 'off' | 'close' | 'pause' | 'resume' | 'name' | 'id'>;

/**
 * Makes a BullMQ worker known to poolproof's dashboard: where it runs, what it runs, how it is, from
 * heartbeats over the worker's own connection. Call it right after the worker is made.
 *
 * It never throws and never rejects, whatever the broker does: errors go to `onError`. It keeps no
 * process running.
 */
export declare function announce(worker: AnyWorker, options?: AnnounceOptions): StopAnnouncing;
