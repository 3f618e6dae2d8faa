import { z } from 'zod';
import { kebab } from '../cell/values.ts';
import {
  brokerFacts,
  machineFacts,
  processFacts,
  wantedSchema,
  type FactName,
  type Wanted,
} from './fact-names.ts';

function sheetSchema(names: Readonly<Record<string, FactName>>) {
  return z.strictObject(
    Object.fromEntries(
      Object.entries(names).map(([name, fact]) => [name, wantedSchema(fact).optional()]),
    ),
  ) as unknown as z.ZodType<Readonly<Record<string, Wanted>>>;
}

const versionWish = z
  .string()
  .regex(
    /^(affected|any|missing|((<|<=|>|>=|=) \d+(\.\d+)*)( (<|<=|>|>=) \d+(\.\d+)*)?)$/,
    'affected, any, missing, or as a last resort a range such as "< 5.4.0" or ">= 5.9.0 < 5.9.1"',
  )
  .meta({ examples: ['affected', 'any', 'missing'] });

/** What must be so, all of it. */
const conditionsSchema = z.strictObject({
  packages: z
    .record(
      z.string().regex(/^(@[a-z\d-]+\/)?[a-z\d][a-z\d.-]*$/, 'a package in lower case'),
      versionWish,
    )
    .optional()
    .describe(
      'By the name of a package, or `node` or `bun`: `affected` (by the runs of this write-up, whatever the version was recorded of), `any` version, or `missing` from a lock file that has everything.',
    ),
  machine: sheetSchema(machineFacts).optional().describe('Facts of the machine.'),
  broker: sheetSchema(brokerFacts).optional().describe('Facts of one broker.'),
  process: sheetSchema(processFacts).optional().describe('Facts of one process.'),
});

/** When a bug applies to a project, before it happens. */
export const ruleSchema = z.strictObject({
  sure: conditionsSchema
    .optional()
    .describe('With these facts the failure is there. With versions that were not run: perhaps.'),
  perhaps: conditionsSchema
    .optional()
    .describe('With these facts it is there if something else is so that doctor cannot see.'),
  unless: conditionsSchema.optional().describe('But not with these. The same keys as `sure`.'),
  fix: z
    .string()
    .min(8)
    .optional()
    .describe('What to do in this case. Left out: the fix of the write-up.'),
  claim: kebab
    .optional()
    .describe('The claim whose runs say what is `affected`. Left out: all that show the failure.'),
  uses: z
    .string()
    .min(2)
    .optional()
    .describe('The package that the project must have. Left out: the engine.'),
});

export type Conditions = z.output<typeof conditionsSchema>;
export type Rule = z.output<typeof ruleSchema>;
