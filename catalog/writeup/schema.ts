import { z } from 'zod';
import { settingsSchema } from '../cell/broker.ts';
import type { DimensionKey } from '../cell/cell.ts';
import type { DimensionTable } from '../cell/dimension.ts';
import { dimensions } from '../cell/dimensions.ts';
import { engines, kebab, platforms, pools } from '../cell/values.ts';
import { ruleSchema } from '../doctor/rule-schema.ts';
import { shortClaimSchema, shortRunSchema } from './claim-schema.ts';
import type { Claim } from './expanded.ts';
import { metricNames } from './metrics.ts';
import { bugId, date, sentence, url } from './text.ts';
import { topicNames } from './topics.ts';

/** A message by which a failure is recognised in a log. */
export const signatureSchema = z.strictObject({
  id: kebab.describe('Named by claims that must fail with it.'),
  template: z
    .string()
    .min(8)
    .describe(
      'The message; `{name}` stands for one or more characters that vary within one line. Found anywhere in a line.',
    ),
  source: url.or(sentence).describe('Where the text was seen: an upstream issue, or "the seed".'),
  near: z
    .array(z.string().min(3))
    .default([])
    .describe(
      'At least one of these templates must stand within 40 lines, else the message is a neighbour’s.',
    ),
  where: z
    .record(z.string(), z.array(z.string().min(1)).min(1))
    .optional()
    .describe('Values that decide, by the name of a hole: with any other the message is not this.'),
  not: z
    .array(z.string().min(3))
    .optional()
    .describe('The line is another failure’s if it contains one of these templates.'),
  unless: z
    .array(z.string().min(3))
    .optional()
    .describe('The message is another failure’s if one of these stands within 40 lines.'),
  check: sentence
    .optional()
    .describe(
      'What a reader looks at to tell this bug from others that print the same: a command and what it prints, or a line of the log. With it the message alone, without `near`, makes the bug a candidate (`perhaps`).',
    ),
  perhaps: z
    .literal(true)
    .optional()
    .describe(
      'Even with what stands `near` it, the message makes the bug no more than a candidate. Needs a `check`.',
    ),
  unproven: sentence
    .optional()
    .describe(
      'Why no evidence of this repository contains it yet. An exemption no longer needed fails.',
    ),
});

/** Something that can be observed of a failure, whether or not it prints anything. */
const sightSchema = z.strictObject({
  what: sentence.describe('What is seen, as a reader would say it.'),
  metric: z
    .enum(metricNames)
    .describe('What is measured; catalog/writeup/metrics.ts says what each one is.'),
  is: z
    .string()
    .regex(
      /^((=|!=|<=?|>=?) -?\d+(\.\d+)?|rising|falling|steady)$/,
      'a comparison such as "> 0", or rising, falling or steady',
    )
    .meta({ examples: ['> 0', 'rising'] })
    .describe('How it is while the failure lasts.'),
  forSeconds: z
    .number()
    .positive()
    .optional()
    .describe('How long it must have been so before it means anything.'),
});

/** What the rows or the columns of a matrix may stand for: each platform has a table of its own. */
export function axesOf(table: DimensionTable = dimensions): string[] {
  return Object.keys(table).filter((key) => key !== 'platform');
}

const axes = axesOf() as Dimension[];

/** A table over the evidence of several claims. */
const matrixSchema = z.strictObject({
  title: z.string().min(8).describe('What it shows.'),
  rows: z
    .array(
      z.strictObject({
        label: z.string().min(1).optional().describe('Names the row. Left out: `down` does.'),
        claims: z.array(kebab).min(1).describe('The claims whose combinations stand in it.'),
      }),
    )
    .min(1)
    .describe('Its rows; one without a label becomes a row for each value of `down`.'),
  down: z.enum(axes).optional().describe('What rows without a label stand for.'),
  across: z.array(z.enum(axes)).min(1).describe('What columns stand for, the outermost first.'),
});

/** The frontmatter of bugs/NNN-slug.mdx, as it is written. */
export const shortWriteupSchema = z.strictObject({
  id: bugId.describe('Permanent. A bug that no longer reproduces is marked, never deleted.'),
  title: z.string().min(8).max(90).describe('What a person would search for.'),
  description: sentence.describe('One sentence for lists and search results.'),
  engine: z.enum(engines).describe('The library the failure belongs to.'),
  topic: z
    .enum(topicNames)
    .optional()
    .describe(
      'Where readers look for it: its section in the list of bugs. Left out: guessed from its claims.',
    ),
  status: z
    .enum(['live', 'fixed', 'no-longer-reproduces'])
    .describe('`live` in the newest version, or `fixed` there by upstream.'),
  severity: z.enum(['low', 'medium', 'high']).describe('How much stands still while it lasts.'),
  reported: date.describe('When the failure was first written up.'),
  resolved: date.optional().describe('When a fix was found.'),
  symptom: sentence.describe('What the reader sees, in one or two sentences.'),
  fix: z
    .strictObject({
      summary: sentence.describe('What to do, in one or two sentences.'),
      code: z.string().min(1).describe('What to paste.'),
      language: z.string().default('sh').describe('Of the code, for its colours.'),
      claim: kebab.describe('The claim that shows the fix to work.'),
    })
    .describe('The way out that most readers should take.'),
  shownBy: kebab
    .optional()
    .describe(
      'The claim that shows the failure, where a run shows it without a message. Left out: those with a signature do. Required where there is no signature.',
    ),
  signatures: z
    .array(signatureSchema)
    .describe(
      'How the failure is recognised in a log. `[]` where it prints nothing: say under `seen` what can be observed instead.',
    ),
  seen: z
    .array(sightSchema)
    .default([])
    .describe(
      'What can be measured while the failure lasts, all of it at once. Required where there is no signature.',
    ),
  configs: z
    .record(kebab, settingsSchema)
    .default({})
    .describe(
      'Configurations of the broker by name, as directives: `small: { maxmemory: 3mb }`. `run` names them under `config`.',
    ),
  run: shortRunSchema
    .default({})
    .describe('How the runs are set up, for every claim that does not say otherwise.'),
  claims: z
    .array(shortClaimSchema)
    .min(2)
    .describe('Every testable sentence. At least two, for each needs a control.'),
  controls: z
    .strictObject({
      works: kebab.optional().describe('The control of claims that must work.'),
      fails: kebab.optional().describe('The control of claims that must fail.'),
    })
    .default({})
    .describe(
      'The control of claims that name none, by what they must come to. Where it is left out, or names the claim itself, `control` is as told there.',
    ),
  matrices: z
    .array(matrixSchema)
    .default([])
    .describe('Tables that the page draws from the evidence of several claims.'),
  refuses: z
    .array(
      z.strictObject({
        platform: z.enum(platforms).describe('Where the worker would start.'),
        pool: z.enum(pools).describe('With which pool.'),
        engine: z.enum(engines).describe('And which engine.'),
      }),
    )
    .default([])
    .describe('Where a worker should refuse to start, with a link to this page.'),
  applies: z
    .array(ruleSchema)
    .default([])
    .describe(
      'When `poolproof doctor` names the bug before it happens: one rule of these must hold. Only what tells a project with the bug from one that is well.',
    ),
  sources: z
    .union([
      z.record(z.string().min(1), url),
      z.array(
        z.strictObject({
          title: z.string().describe('What the link shows.'),
          url: url.describe('Upstream issue, pull request or documentation.'),
        }),
      ),
    ])
    .default({})
    .describe('Where more is written about it: what each link shows, and its URL.'),
});

export type Matrix = z.output<typeof matrixSchema>;
/** What a matrix may have rows or columns for. */
export type Dimension = Exclude<DimensionKey, 'platform'>;
export type Signature = z.output<typeof signatureSchema>;
export type Sight = z.output<typeof sightSchema>;
export type ShortFrontmatter = z.output<typeof shortWriteupSchema>;

/** The frontmatter with its claims written out: defaults, groups and controls in their places. */
export interface Frontmatter extends Omit<
  ShortFrontmatter,
  'run' | 'configs' | 'controls' | 'claims' | 'sources'
> {
  claims: Claim[];
  sources: Source[];
}

/** Where more is written about a failure. */
interface Source {
  /** What the link shows. */
  readonly title: string;
  readonly url: string;
}

/** A write-up as the other rooms know it: its frontmatter and its names. */
export interface Writeup extends Frontmatter {
  /** `002-celery-prefork-windows`: the same in bugs/, harness/scenarios/, harness/evidence/ and the page's URL. */
  readonly slug: string;
  /** Where it was read from. */
  readonly file: string;
}

export type { Engine, Platform, Pool } from '../cell/values.ts';
export { claimSchema, expectationSchema, type Claim, type Expectation } from './expanded.ts';
export { engines, platforms, pools };
