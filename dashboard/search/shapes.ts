import { z } from 'zod';
import { states } from '../jobs/scanned-job.ts';

const state = z.enum(states);

/** The answer of the API of the search. Times are epoch milliseconds. */
export const foundShape = z.object({
  at: z.number(),
  /** How many of the newest jobs of each queue are looked at in each state. */
  look: z.number(),
  lookedAt: z.number(),
  total: z.number(),
  matched: z.number(),
  /** How many of those that match are in which state. */
  byState: z.partialRecord(state, z.number()),
  /** Queues of which not all was looked at, or that could not be read. */
  queues: z.array(
    z.object({
      title: z.string(),
      lookedAt: z.number(),
      total: z.number(),
      problem: z.string().nullable(),
    }),
  ),
  tooLong: z.number(),
  unreadable: z.number(),
  /** Why the search stopped before it was through: its time was up, or enough matched. */
  stopped: z.enum(['time', 'matches']).nullable(),
  /** The newest of those that match. */
  jobs: z.array(
    z.object({
      queue: z.string(),
      queueTitle: z.string(),
      queueName: z.string(),
      job: z.string(),
      name: z.string(),
      state,
      addedAt: z.number(),
      finishedAt: z.number().nullable(),
      attempts: z.number(),
      failedReason: z.string(),
      fields: z.array(z.object({ path: z.string(), value: z.string() })),
    }),
  ),
  /** All queues, to choose from. */
  choices: z.array(z.object({ id: z.string(), title: z.string() })),
});

export type FoundAnswer = z.output<typeof foundShape>;
