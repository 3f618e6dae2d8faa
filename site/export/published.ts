import { z } from 'zod';
import { platforms, pools, engines } from '../../catalog/writeup/schema.ts';
import { shownVerdicts } from '../../catalog/verdict/results.ts';
import type { TestedBug } from '../model/bug.ts';
import { startOf } from '../model/result.ts';
import { versionBars } from '../model/version-bar.ts';

const sentence = z.string().min(1);
const address = z.string().describe('On this site, from its root.');
const date = z.string().regex(/^\d{4}-\d\d-\d\d/);

/** What stands of each bug in the index. */
const briefShape = {
  id: z
    .string()
    .regex(/^BUG-\d+$/)
    .describe('Permanent.'),
  slug: z.string().describe('Its name in addresses; it may change, the id does not.'),
  title: sentence,
  description: sentence,
  engine: z.enum(engines),
  topic: z.string().optional(),
  status: z.enum(['live', 'fixed', 'no-longer-reproduces']),
  severity: z.enum(['low', 'medium', 'high']),
  reported: date,
  resolved: date.optional(),
  tested: z.string().optional().describe('When the newest evidence was recorded.'),
  page: address,
  json: address,
};

export const publishedIndexSchema = z
  .object({ bugs: z.array(z.object(briefShape)) })
  .describe('Every bug of poolproof, by id.');

export const publishedBugSchema = z
  .object({
    ...briefShape,
    symptom: sentence,
    fix: z.object({ summary: sentence, code: z.string(), language: z.string() }),
    signatures: z.array(
      z.object({
        id: z.string(),
        template: z.string().describe('`{name}` stands for what varies within one line.'),
      }),
    ),
    versions: z
      .array(
        z.object({
          platform: z.enum(platforms),
          pool: z.enum(pools),
          marks: z.array(
            z.object({ version: z.string(), status: z.enum(['fails', 'works', 'not run']) }),
          ),
        }),
      )
      .describe('What runs have shown. A version that is not run is a gap: nothing is concluded.'),
    claims: z.array(
      z.object({
        id: z.string(),
        says: sentence,
        verdict: z.enum(shownVerdicts),
        known: z.literal('refuted').optional().describe('A falsehood that is kept as such.'),
        truth: z.string().optional(),
        evidence: address.optional(),
      }),
    ),
    sources: z.array(z.object({ title: z.string(), url: z.string() })),
  })
  .describe('One bug of poolproof, with what was recorded of it.');

type PublishedBrief = z.output<typeof publishedIndexSchema>['bugs'][number];
type PublishedBug = z.output<typeof publishedBugSchema>;

/** What the index says of a bug. */
export function publishedBrief(bug: TestedBug): PublishedBrief {
  const { id, slug, title, description, engine, topic, status, severity, reported } = bug;
  return {
    ...{ id, slug, title, description, engine, topic, status, severity, reported },
    resolved: bug.resolved,
    tested: bug.tested,
    page: bug.page,
    json: jsonPage(bug),
  };
}

/** Everything that its page says of a bug and that programs can use. */
export function publishedBug(bug: TestedBug): PublishedBug {
  const { summary, code, language } = bug.fix;
  return {
    ...publishedBrief(bug),
    symptom: bug.symptom,
    fix: { summary, code, language },
    signatures: bug.signatures.map(({ id, template }) => ({ id, template })),
    versions: versionBars(bug),
    claims: bug.claims.map(({ id, says, verdict, known, truth, results }) => ({
      ...{ id, says, verdict, known, truth },
      evidence: results.some(startOf) ? `/evidence/${bug.slug}/${id}/` : undefined,
    })),
    sources: bug.sources,
  };
}

/** The address of a bug's JSON. */
export function jsonPage({ slug }: Pick<TestedBug, 'slug'>): string {
  return `/bugs/${slug}.json`;
}
