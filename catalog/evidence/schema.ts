import { z } from 'zod';
import { cellName, cellSchema, type Cell } from '../cell/cell.ts';

export { cellName, cellSchema, type Cell };

/** What the harness may conclude about a claim. */
export const verdicts = ['confirmed', 'refuted', 'unstable', 'unknown', 'not run'] as const;
export type Verdict = (typeof verdicts)[number];

const jobSchema = z.strictObject({
  name: z.string().describe('The task or job as submitted, such as add(3, 1).'),
  state: z.enum(['completed', 'failed', 'pending']),
  result: z.json().optional(),
  expected: z.json().optional().describe('The result a working run returns.'),
  error: z.string().optional(),
  givenUp: z
    .string()
    .optional()
    .describe('Why a pending job was not awaited until its deadline: what had happened by then.'),
});

const exitSchema = z.strictObject({
  actor: z.string(),
  code: z.number().int().nullable(),
  signal: z.string().nullable(),
});

/** What happened in one run. The scenario fills it in and draws no conclusion from it. */
const observationSchema = z.strictObject({
  jobs: z.array(jobSchema),
  exits: z
    .array(exitSchema)
    .describe('Actors that ended by themselves before the observation did.'),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  log: z.array(z.string()).describe('Lines of all actors in order of arrival, as "actor | text".'),
  startedAt: z.iso.datetime(),
  durationMs: z.number().nonnegative(),
});
export type Observation = z.output<typeof observationSchema>;
export type ObservedJob = z.output<typeof jobSchema>;

const roundsSchema = z
  .array(z.number().int().min(1))
  .min(1)
  .describe('The rounds in which it was seen, from 1: as many as there were such runs.');

/** Runs of one cell that came to the same, with how many they were. */
export const runsSchema = z
  .array(
    z.union([
      z.strictObject({
        rounds: roundsSchema,
        observation: observationSchema.describe('Of the first of them.'),
      }),
      z.strictObject({
        rounds: roundsSchema,
        error: z.string().describe('Why the scenario itself failed, so that nothing was observed.'),
      }),
    ]),
  )
  .min(1);
export type Runs = z.output<typeof runsSchema>;

export const versionsSchema = z
  .record(z.string(), z.string())
  .describe('Engine, its libraries, interpreter, broker.');

/** How one round of runs was made: what differs between the rounds of `--repeat`. */
export const conditionsSchema = z.strictObject({
  atOnce: z.number().int().min(1).describe('How many runs went on at once at most.'),
  seed: z
    .number()
    .int()
    .optional()
    .describe('Of the order in which runs took their turns. Absent: as they came.'),
  load: z.number().int().min(0).describe('Threads that did nothing but keep the processor busy.'),
});
export type Conditions = z.output<typeof conditionsSchema>;

const digest = z.string().regex(/^[0-9a-f]{32}$/, 'the first 32 hexadecimal digits of a SHA-256');

/** What runs were made of, as sums of contents: once one differs, the evidence is stale. */
const digestsSchema = z.strictObject({
  setup: digest.describe('How the claim is run in this cell.'),
  scenario: digest.describe('scenario.ts and what it imports of harness/scenarios/.'),
  actors: digest.describe(
    'Every file of the scenario’s actors/, and what these load of this project.',
  ),
  programs: digest.describe('The client and worker programs of the engines that ran.'),
  control: digest.describe('The control, how it is run, and in which cells.'),
});
export type Digests = z.output<typeof digestsSchema>;

/** The same of runs that no other claim controls. */
export const bisectionDigestsSchema = digestsSchema.omit({ control: true });
export type BisectionDigests = z.output<typeof bisectionDigestsSchema>;

export const systemSchema = z.strictObject({
  os: z.string(),
  kernel: z.string(),
  arch: z.string(),
});

export const brokerSchema = z.strictObject({
  kind: z.enum(['redis', 'valkey', 'postgres', 'rabbitmq', 'none']),
  how: z.enum(['container', 'native', 'fetched', 'embedded', 'url', 'none']),
  version: z.string(),
  topology: z
    .enum(['single', 'cluster', 'sentinel', 'replica'])
    .optional()
    .describe('Left out: a single server.'),
  tls: z.literal(true).optional(),
  config: z
    .record(z.string(), z.string())
    .optional()
    .describe('The directives that were set. Left out: none.'),
});

/**
 * One committed evidence file: harness/evidence/<slug>/<claim>.<cell>.json. Written by `--record` alone.
 * It holds what was seen and no verdict: that comes about whenever it is read (catalog/verdict).
 */
export const evidenceSchema = z.strictObject({
  bug: z.string(),
  slug: z.string(),
  claim: z.string(),
  says: z.string().describe('The sentence as it stood when it was tested.'),
  cell: cellSchema,
  recordedFrom: z.strictObject({
    commit: z.string().describe('Of the harness that ran.'),
    digests: digestsSchema,
  }),
  conditions: z.array(conditionsSchema).min(1).describe('Of each round of runs.'),
  runs: runsSchema.describe('Each distinct observation, in the order first seen.'),
  control: z.strictObject({
    claim: z.string(),
    cells: z
      .array(z.strictObject({ cell: cellSchema, versions: versionsSchema, runs: runsSchema }))
      .describe('What the control came to in the same rounds.'),
  }),
  commands: z.array(z.string()).describe('The command line of every actor.'),
  versions: versionsSchema,
  system: systemSchema,
  broker: brokerSchema,
});
export type Evidence = z.output<typeof evidenceSchema>;
