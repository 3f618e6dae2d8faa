import { z } from 'zod';

/** The answers of the API of failures. Times are epoch milliseconds. */

const candidate = z.object({
  bug: z.string(),
  title: z.string(),
  /** What tells it from the others. */
  check: z.string(),
  fix: z.string(),
  page: z.string(),
});

const knownBug = z.object({
  bug: z.string(),
  title: z.string(),
  level: z.enum(['sure', 'likely', 'perhaps']),
  because: z.string(),
  fix: z.string(),
  code: z.string(),
  page: z.string(),
  versions: z.array(z.object({ says: z.string(), status: z.string() })),
  candidates: z.array(candidate).optional(),
});

const verdict = z.object({
  bug: z.string(),
  status: z.enum(['shown', 'not shown', 'not run', 'worker unknown']),
  words: z.string(),
});

const frame = z.object({ text: z.string(), own: z.boolean() });

const trend = z.object({
  hourly: z.array(z.number()),
  lastHour: z.number(),
  hourBefore: z.number(),
  is: z.enum(['new', 'more', 'fewer', 'as many', 'unknown']),
});

const sample = z.object({
  queue: z.string(),
  queueTitle: z.string(),
  job: z.string(),
  name: z.string(),
  failedAt: z.number(),
  attempts: z.number(),
  worker: z.string().nullable(),
  message: z.string(),
});

const groupFigures = z.object({
  id: z.string(),
  message: z.string(),
  frame: frame.nullable(),
  count: z.number(),
  firstAt: z.number(),
  lastAt: z.number(),
  queues: z.array(z.object({ id: z.string(), title: z.string(), count: z.number() })),
  trend,
});

export const listShape = z.object({
  at: z.number(),
  /** Changes when a job fails, is retried or is removed. */
  stamp: z.string(),
  /** How many of the newest failed jobs of each queue are looked at. */
  perQueue: z.number(),
  lookedAt: z.number(),
  failed: z.number(),
  queues: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      failed: z.number(),
      lookedAt: z.number(),
      /** Since when all failures were looked at; null: all there are. */
      since: z.number().nullable(),
    }),
  ),
  /** Queues that could not be read. */
  problems: z.array(z.object({ queue: z.string(), says: z.string() })),
  /** The largest first. */
  groups: z.array(
    groupFigures.extend({
      known: knownBug
        .pick({ bug: true, title: true, level: true, fix: true, page: true })
        .extend({ candidates: z.array(candidate.pick({ bug: true, title: true })).optional() })
        .nullable(),
    }),
  ),
  /** Groups that are not listed, because there are so many. */
  groupsLeftOut: z.number(),
});

/** What is told of one failure: what is known of it, or what would be reported. */
const failureShape = z.object({
  bugs: z.array(knownBug),
  verdicts: z.array(verdict),
  /** Of an error that nobody knows: the fields of the form, without what should not be public. */
  report: z
    .object({
      message: z.string(),
      log: z.string(),
      diagnose: z.string(),
      versions: z.string(),
      command: z.string(),
    })
    .nullable(),
  /** Where issues are opened; null where that is not known. */
  repository: z.string().nullable(),
  stack: z.string(),
});

export const groupShape = groupFigures.extend({
  at: z.number(),
  samples: z.array(sample),
  /** Of its newest job. */
  failure: failureShape,
});

export const jobShape = sample.extend({ addedAt: z.number(), failure: failureShape });

export type FailureList = z.output<typeof listShape>;
export type ListedGroup = FailureList['groups'][number];
export type GroupDetail = z.output<typeof groupShape>;
export type JobDetail = z.output<typeof jobShape>;
export type FailureDetail = z.output<typeof failureShape>;
export type ShownBug = z.output<typeof knownBug>;
export type Sample = z.output<typeof sample>;
