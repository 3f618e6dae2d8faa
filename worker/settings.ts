/**
 * Every setting that a documented failure made necessary, in one place, each with the failure.
 * Where no page of ours tells of it yet, the link is upstream's.
 */
import type { JobsOptions, WorkerOptions } from 'bullmq';
import type { RedisOptions } from 'ioredis';
import { ownModule } from './own-module.ts';

/** How long a request may wait for the broker before its import runs without one, in milliseconds. */
export const enqueueDeadlineMs = 1000;

/** How long a stopping worker lets its jobs run, then how long it lets them give up, in milliseconds. */
export const closeDeadlineMs = 20_000;
export const cancelDeadlineMs = 5000;

/** How long a stopping worker without a job waits for its connections to close, in milliseconds. */
export const idleCloseDeadlineMs = 1000;

/** Imports that nobody has finished after this many seconds are queued anew. */
export const forgottenAfterSeconds = 60;

/**
 * How long finished jobs stay on the board, in milliseconds. BullMQ keeps them for ever by default,
 * until Redis is full: https://docs.bullmq.io/guide/queues/auto-removal-of-jobs
 * Removed now and then rather than by each job that finishes, which makes every job pay for
 * it in jobs a second (bench/worker.ts).
 */
export const keptMs = { completed: 24 * 60 * 60 * 1000, failed: 14 * 24 * 60 * 60 * 1000 };

/** How often the queue is looked after, in milliseconds, and finished jobs removed each time. */
export const upkeepEveryMs = 60_000;
export const removedAtOnce = 10_000;

/** The producer's connection to Redis. */
export const producerConnection = {
  // Commands kept for later would run when Redis is back, after the request was answered otherwise.
  // https://docs.bullmq.io/patterns/failing-fast-when-redis-is-down
  enableOfflineQueue: false,
  maxRetriesPerRequest: 1,
  connectTimeout: enqueueDeadlineMs,
} satisfies RedisOptions;

/** The worker's connections to Redis. */
export const workerConnection = {
  // BullMQ refuses to start otherwise: a blocking command waits as long as it takes.
  // https://docs.bullmq.io/guide/going-to-production#maxretriesperrequest
  maxRetriesPerRequest: null,
} satisfies RedisOptions;

/** Of every import's job. */
export const jobOptions = {
  // An import may run any number of times, so a lost database is waited for.
  attempts: 5,
  backoff: { type: 'exponential', delay: 1000 },
} satisfies JobsOptions;

/** Of sandboxed pools. */
export const sandboxOptions = {
  workerThreadsOptions: {
    // A thread refuses flags of the process (ERR_WORKER_INVALID_EXEC_ARGV), which it would inherit.
    // https://github.com/taskforcesh/bullmq/issues/2075
    execArgv: [],
  },
} satisfies Partial<WorkerOptions>;

/**
 * The sandboxed processor, as a URL: an absolute path is no module name on Windows.
 * https://github.com/taskforcesh/bullmq/issues/2372
 */
export const sandboxedProcessor = ownModule(import.meta, './pools/sandboxed-import');
