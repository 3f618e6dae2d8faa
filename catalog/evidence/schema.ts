import { z } from 'zod';
import { cellName, cellSchema, type Cell } from '../cell/cell.ts';
import { outcomes } from '../writeup/expanded.ts';

export { cellName, type Cell };

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

/** One committed evidence file: harness/evidence/<slug>/<claim>.<cell>.json. Written by `--record` alone. */
export const evidenceSchema = z.strictObject({
  bug: z.string(),
  slug: z.string(),
  claim: z.string(),
  says: z.string().describe('The sentence as it stood when it was tested.'),
  cell: cellSchema,
  verdict: z.enum(verdicts).exclude(['not run']),
  reason: z.string(),
  asWritten: z.boolean().describe('Whether the verdict is the one the write-up names.'),
  runs: z.strictObject({ total: z.number().int(), holding: z.number().int() }),
  control: z.strictObject({ claim: z.string(), verdict: z.enum(verdicts) }),
  outcome: z.enum(outcomes).or(z.literal('unclear')),
  observation: observationSchema,
  commands: z.array(z.string()).describe('The command line of every actor.'),
  versions: z
    .record(z.string(), z.string())
    .describe('Engine, its libraries, interpreter, broker.'),
  system: z.strictObject({ os: z.string(), kernel: z.string(), arch: z.string() }),
  broker: z.strictObject({
    kind: z.enum(['redis', 'valkey', 'postgres', 'none']),
    how: z.enum(['container', 'native', 'embedded', 'url', 'none']),
    version: z.string(),
  }),
  harness: z.string().describe('The commit of the harness that ran.'),
});
export type Evidence = z.output<typeof evidenceSchema>;
