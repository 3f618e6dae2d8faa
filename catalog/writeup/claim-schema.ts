import { z } from 'zod';
import { loginSchema } from '../cell/broker.ts';
import { dimensions } from '../cell/dimensions.ts';
import { writtenKeys } from '../cell/lists.ts';
import { engines, kebab } from '../cell/values.ts';
import { bugId, sentence } from './text.ts';

/** Values by the dimension's key in a cell, each optional. */
const places = Object.fromEntries(
  Object.entries(dimensions).map(([key, { value }]) => [
    key,
    (value as z.ZodType).optional().describe(`Of \`${key}\`.`),
  ]),
);

/** Parts of what a claim lists, by the key of the list. */
const parts = Object.fromEntries(
  Object.values(dimensions).map(({ list, value }) => [
    list,
    z
      .array(value as z.ZodType)
      .optional()
      .describe(`Of the claim's \`${list}\`.`),
  ]),
);

/** How the run that tests a claim is set up: the write-up's defaults, or what differs for one claim. */
export const shortRunSchema = z.strictObject({
  engine: z
    .enum(engines)
    .optional()
    .describe('The job-queue library that runs. Left out: the one of the write-up.'),
  ...writtenKeys(),
  except: z
    .array(
      z.strictObject({ ...places, because: sentence.describe('Why they do not go together.') }),
    )
    .optional()
    .describe(
      'Combinations that the claim does not speak of, since they do not exist: `{ version, python, because }`, or any other of the values above.',
    ),
  login: loginSchema.optional().describe('How actors log in at the broker. Left out: as it asks.'),
});

const facts = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
  .describe('Observed facts that must hold too: `solo`, `true`, `2`, `>= 1`, `< 1000`.');

/** What must come out for the sentence to hold: `works` or `fails`, alone or with more. */
const shortExpectationSchema = z.union([
  z.enum(['works', 'fails']),
  z.strictObject({
    works: facts
      .nullish()
      .describe('The run works, with these facts: `{ works: { pool: solo } }`.'),
    fails: z
      .union([
        kebab,
        z.strictObject({
          signature: kebab.optional().describe('The id of the signature it must show.'),
          facts: facts.optional(),
        }),
      ])
      .nullish()
      .describe(
        'The run fails, with this signature, these facts, or both: `{ fails: stalled }`, `{ fails: { signature: stalled, facts: { begun: 2 } } }`.',
      ),
  }),
]);

/** One testable sentence, as it is written. */
export const shortClaimSchema = z.strictObject({
  id: kebab.describe('The name of its function in the scenario.'),
  says: sentence.describe('The sentence, as a reader would say it.'),
  run: shortRunSchema
    .optional()
    .describe(
      'What differs from the write-up’s `run`, with the same keys. `null` takes a value back.',
    ),
  expect: shortExpectationSchema.describe(
    'What must come out: `works`, `fails`, `{ works: { fact: value } }`, `{ fails: signature }` or `{ fails: { signature, facts } }`.',
  ),
  control: kebab
    .optional()
    .describe(
      'The claim that must be confirmed in the same run: the same actors without the fault, or with it. Left out: `fix.claim`, and for that one the claim that shows the failure.',
    ),
  usually: z
    .strictObject(parts)
    .optional()
    .describe(
      'The part of its combinations that stands for all. The others are recorded once and then run only by `harness --matrix`. An empty list of any kind: none stands for them. Left out: all are run each time.',
    ),
  known: z
    .literal('refuted')
    .optional()
    .describe('A false sentence worth keeping: the run is as written when it is refuted again.'),
  truth: sentence.optional().describe('What is true instead. Required with `known: refuted`.'),
  alsoShows: z
    .array(bugId)
    .min(1)
    .optional()
    .describe(
      'Other bugs whose messages its runs print, because they lead there or start there. Without it, a run that is diagnosed as another bug is a fault of a signature. An entry no longer needed fails.',
    ),
});

export type ShortClaim = z.output<typeof shortClaimSchema>;
