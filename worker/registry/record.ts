import { z } from 'zod';

const text = z.string().max(500);
const count = z.number().int().nonnegative();
const ms = z.number().nonnegative();

/** What the dashboard may ask of a worker. */
const workerActions = ['pause', 'resume', 'stop', 'cancel'] as const;
export type WorkerAction = (typeof workerActions)[number];

/** What became of a command of the dashboard's. */
const recordedCommandSchema = z.object({
  id: text,
  action: z.enum(workerActions),
  job: text.optional(),
  /** By the worker's clock, in milliseconds since 1970. */
  at: ms,
  done: z.boolean(),
  says: text,
});

/** What a worker says of itself with each heartbeat. What else it says is left out. */
export const workerRecordSchema = z.object({
  id: text,
  queue: text,
  /** As it was named when it was made. */
  name: text.optional(),
  host: text,
  pid: count,
  /** As `process.platform` and `process.arch`. */
  platform: text,
  arch: text,
  pool: z.enum(['solo', 'prefork', 'threads']),
  concurrency: count,
  state: z.enum(['running', 'paused', 'closing']),
  /** BullMQ's version, where it can be found out. */
  engine: text.optional(),
  node: text,
  startedAt: ms,
  busy: count,
  /** The first 20 that run. */
  jobs: z.array(z.object({ id: text, name: text, since: ms })).max(20),
  /** Whether the processor takes a signal, without which no job can be cancelled. */
  cancels: z.boolean(),
  /** Since it was announced. */
  counts: z.object({
    completed: count,
    failed: count,
    stalled: count,
    lockRenewalsFailed: count,
  }),
  /** Processes or threads of its pool, where it has one that tells. */
  children: count.optional(),
  rssBytes: count,
  /** What the process may take: its cgroup's limit, where there is one. */
  memoryLimitBytes: count.optional(),
  /** Of one CPU, since the heartbeat before. */
  cpuPercent: ms,
  /** How long the event loop was late since the heartbeat before, in milliseconds. */
  lag: z.object({ mean: ms, p99: ms, max: ms }),
  beatMs: ms,
  keepMs: ms,
  /** How long the event loop had been blocked when this was written, in milliseconds; 0: it goes round. */
  blockedMs: ms,
  /** The newest five. */
  commands: z.array(recordedCommandSchema).max(5),
});

export type WorkerRecord = z.output<typeof workerRecordSchema>;
