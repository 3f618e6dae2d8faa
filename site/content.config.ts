import { docsLoader } from '@astrojs/starlight/loaders';
import { docsSchema } from '@astrojs/starlight/schema';
import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { z } from 'zod';
import { bisectionSchema } from '../catalog/evidence/bisection.ts';
import { evidenceSchema } from '../catalog/evidence/schema.ts';
import { writeupSchema } from '../catalog/writeup/writeup-schema.ts';

/** Astro's YAML reader makes a Date of 2026-01-03; the catalog takes dates as they are written. */
function datesAsWritten(frontmatter: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(frontmatter).map(([key, value]) => [
      key,
      value instanceof Date ? value.toISOString().slice(0, 10) : value,
    ]),
  );
}

const withoutExtension = ({ entry }: { entry: string }): string => entry.replace(/\.\w+$/, '');

export const collections = {
  /** The prose pages of the site itself. */
  docs: defineCollection({
    loader: docsLoader(),
    schema: docsSchema({
      extend: z.object({
        eyebrow: z.string().optional().describe('The small line above the title.'),
        heading: z.boolean().default(true).describe('Whether the page shows its title as heading.'),
      }),
    }),
  }),
  /** The write-ups, by slug. */
  bugs: defineCollection({
    loader: glob({ pattern: '[0-9]*.mdx', base: './bugs', generateId: withoutExtension }),
    schema: z.record(z.string(), z.unknown()).transform(datesAsWritten).pipe(writeupSchema),
  }),
  /** What the harness recorded, by `<slug>/<claim>.<cell>`. */
  evidence: defineCollection({
    loader: glob({
      pattern: '*/*.json',
      base: './harness/evidence',
      generateId: withoutExtension,
    }),
    schema: evidenceSchema,
  }),
  /** Claims that were run over the versions of their engine, by `<slug>/bisect/<claim>.<cell>`. */
  bisections: defineCollection({
    loader: glob({
      pattern: '*/bisect/*.json',
      base: './harness/evidence',
      generateId: withoutExtension,
    }),
    schema: bisectionSchema,
  }),
};
