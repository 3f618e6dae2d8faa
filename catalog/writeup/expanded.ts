import { z } from 'zod';
import { loginSchema, settingsSchema } from '../cell/broker.ts';
import type { DimensionTable } from '../cell/dimension.ts';
import { dimensions } from '../cell/dimensions.ts';
import type { Lists, Values } from '../cell/lists.ts';
import { engines, kebab } from '../cell/values.ts';
import { bugId, sentence } from './text.ts';

/** What an observed run came to. */
export const outcomes = ['works', 'fails'] as const;

const lists = Object.fromEntries(
  Object.values(dimensions as DimensionTable).map(
    ({ list, value, presence, usual }): [string, z.ZodType] => {
      const values = z.array(value);
      if (presence === 'asked') return [list, values.min(1)];
      if (presence === 'sometimes') return [list, values.min(1).optional()];
      return [list, values.min(1).default([usual])];
    },
  ),
);

/** How the runs of a claim are set up, everything written out. */
export type ClaimRun = Lists & {
  engine: (typeof engines)[number];
  /** Combinations that do not exist. */
  except: (Values & { because: string })[];
  /** Directives of the configurations that are listed. */
  settings?: Record<string, Record<string, string>> | undefined;
  login?: string | undefined;
};

const runSchema = z.strictObject({
  engine: z.enum(engines),
  ...lists,
  except: z.array(z.looseObject({ because: sentence })).default([]),
  settings: z.record(kebab, settingsSchema).optional(),
  login: loginSchema.optional(),
}) as unknown as z.ZodType<ClaimRun>;

/** What must come out for the sentence to hold. */
export const expectationSchema = z.strictObject({
  outcome: z.enum(outcomes).describe('What the run must come to.'),
  signature: kebab.optional().describe('The id of the signature the failure must show.'),
  facts: z
    .record(z.string(), z.string())
    .default({})
    .describe('Observed facts that must hold too: `solo`, `= 0`, `>= 1`, `< 1000`.'),
});

/** One testable sentence of a write-up, everything written out: what all rooms know a claim as. */
export const claimSchema = z.strictObject({
  id: kebab,
  says: sentence,
  run: runSchema,
  expect: expectationSchema,
  control: kebab,
  usually: (z.record(z.string(), z.array(z.unknown())) as unknown as z.ZodType<Partial<Lists>>)
    .optional()
    .describe('The part of its combinations that stands for all.'),
  known: z.literal('refuted').optional(),
  truth: sentence.optional(),
  alsoShows: z.array(bugId).optional(),
});

export type Expectation = z.output<typeof expectationSchema>;
export type Claim = z.output<typeof claimSchema>;
