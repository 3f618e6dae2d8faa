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

/** Tries of an import before it has failed, and the delay after the first, doubled by each, in milliseconds. */
export const attemptsAtMost = 5;
export const retryDelayMs = 1000;

/** How long a job waits for a database that is away before it looks again, in milliseconds. */
export const outageDelayMs = 2000;

/** How often an import tells how far it is, in milliseconds at least. */
export const progressEveryMs = 250;

/** How long the job of an import may be out of sight before it counts as lost, in seconds. */
export const lostAfterSeconds = 5;
/** Jobs that may be lost one after the other before their import has failed. */
export const lossesAtMost = 100;

/**
 * How long finished jobs stay on the board, in milliseconds. BullMQ keeps them for ever by default,
 * until Redis is full: https://docs.bullmq.io/guide/queues/auto-removal-of-jobs
 * Removed now and then rather than by each job that finishes, which makes every job pay for
 * it in jobs a second (bench/worker.ts).
 */
export const keptMs = { completed: 24 * 60 * 60 * 1000, failed: 14 * 24 * 60 * 60 * 1000 };

/** How often lost jobs are looked for, and finished ones removed, in milliseconds; how many at once. */
export const upkeepEveryMs = 3000;
export const removeEveryMs = 60_000;
export const removedAtOnce = 10_000;

/**
 * What an upload may take: bytes of a file (some two million transactions), time, and how slow it may
 * be after a while. Slow ones once kept all connections to the database.
 */
export const uploadLimits = {
  largestFile: 128 * 1024 * 1024,
  atOnce: 32,
  deadlineMs: 10 * 60_000,
  graceMs: 10_000,
  bytesPerSecond: 1024,
  lookEveryMs: 1000,
};

/** Imports that one process runs at once without a broker. */
export const syncImportsAtOnce = 3;

/** The producer's connection to Redis. */
export const producerConnection = {
  // Commands kept for later would run when Redis is back, after the request was answered otherwise.
  // https://docs.bullmq.io/patterns/failing-fast-when-redis-is-down
  enableOfflineQueue: false,
  maxRetriesPerRequest: 1,
  connectTimeout: enqueueDeadlineMs,
  // A broker that says nothing more would otherwise be waited for as long as its socket lives.
  commandTimeout: 5000,
} satisfies RedisOptions;

/** The worker's connections to Redis. */
export const workerConnection = {
  // BullMQ refuses to start otherwise: a blocking command waits as long as it takes.
  // https://docs.bullmq.io/guide/going-to-production#maxretriesperrequest
  maxRetriesPerRequest: null,
} satisfies RedisOptions;

/** Of every import's job. */
export const jobOptions = {
  // Tries are counted in the database, which knows of those that the queue has never heard of.
  attempts: 1,
} satisfies JobsOptions;

/** Of every worker. */
export const workerOptions = {
  // After a failed fetch BullMQ waits 15 seconds by default, although its broker may be back.
  runRetryDelay: 1000,
} satisfies Partial<WorkerOptions>;

/**
 * Where our jobs live: in Redis before every key, in PostgreSQL as the schema. BullMQ's own defaults
 * are every other application's too, and a queue called `imports` is not rare.
 */
export const redisPrefix = 'poolproof';
export const postgresSchema = 'poolproof_queue';

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
