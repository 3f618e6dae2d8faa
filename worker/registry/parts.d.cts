/** What the modules of this folder tell each other. They are JavaScript: Node 20 knows no types. */
import type { WorkerRecord } from './record.ts';

export type RecordedCommand = WorkerRecord['commands'][number];

/** Where records are kept: the worker's own connection. */
export interface Store {
  /** Whether it can be written now. Nothing is queued for later. */
  readonly isLive: () => boolean;
  /** Writes the record, and takes the command that waits for this worker, as JSON. */
  readonly beat: (json: string, keepMs: number) => Promise<string | undefined>;
  readonly remove: () => Promise<unknown>;
  /** How the thread reaches the same place; undefined where it cannot. */
  readonly remote: () => Remote | undefined;
}

export type Remote =
  | {
      readonly kind: 'redis';
      readonly key: string;
      readonly options: object;
      /** Of a cluster. */
      readonly nodes?: readonly object[];
    }
  | { readonly kind: 'postgres'; readonly options: object };

/** What BullMQ's worker has beside its published interface; any of it may be missing. */
export interface Inner {
  readonly name: string;
  readonly opts?: {
    readonly prefix?: string;
    readonly name?: string;
    readonly concurrency?: number;
    readonly useWorkerThreads?: boolean;
  };
  readonly concurrency?: number;
  readonly toKey: (type: string) => string;
  readonly getBackend?: () => Backend;
  /** BullMQ before 6. */
  readonly client?: Promise<RedisLike>;
  readonly connection?: { readonly packageVersion?: string };
  readonly childPool?: { readonly retained?: object; readonly free?: Record<string, unknown[]> };
  readonly lockManager?: { readonly getTrackedJobIds?: () => string[] };
  readonly processorAcceptsSignal?: boolean;
  readonly isPaused?: () => boolean;
  readonly closing?: unknown;
  readonly cancelJob?: (id: string, reason?: string) => boolean;
  readonly pause: (doNotWaitActive?: boolean) => Promise<void>;
  readonly resume: () => Promise<void> | void;
  readonly close: () => Promise<void>;
}

export interface Backend {
  readonly version?: string;
  readonly client?: Promise<RedisLike>;
  readonly connection?: { readonly pool?: PoolLike; readonly schema?: string };
}

export interface PoolLike {
  readonly query: (
    text: string,
    values?: unknown[],
  ) => Promise<{ rows: Record<string, unknown>[] }>;
  readonly options?: object & { readonly password?: unknown };
  readonly ending?: boolean;
}

export interface RedisLike {
  readonly status: string;
  readonly isCluster?: boolean;
  readonly options?: object;
  readonly startupNodes?: readonly object[];
  readonly defineCommand: (name: string, definition: { numberOfKeys: number; lua: string }) => void;
  readonly runCommand?: (name: string, args: unknown[]) => Promise<unknown>;
  readonly del: (key: string) => Promise<unknown>;
}

/** A job that the worker runs. */
export interface Running {
  readonly name: string;
  readonly since: number;
}

export type { WorkerRecord };
