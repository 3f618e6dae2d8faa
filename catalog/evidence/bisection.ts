import path from 'node:path';
import { z } from 'zod';
import { folders, projectRoot } from '../project.ts';
import { readRecorded } from './read-recorded.ts';
import {
  bisectionDigestsSchema,
  brokerSchema,
  cellName,
  cellSchema,
  conditionsSchema,
  runsSchema,
  systemSchema,
  versionsSchema,
  type Cell,
} from './schema.ts';

/** What stands for the version in the cell of a bisection, which is of all of them. */
const everyVersion = '0.0.0';

const triedSchema = z.strictObject({
  version: z.string(),
  versions: versionsSchema,
  conditions: z.array(conditionsSchema).min(1).describe('Of each round of runs.'),
  runs: runsSchema,
});
/** What was seen of a claim at one version of its engine. */
export type TriedVersion = z.output<typeof triedSchema>;

/**
 * One claim over the published versions of its engine:
 * harness/evidence/<slug>/bisect/<claim>.<cell without its version>.json. Written by
 * `poolproof bisect --record` alone. It holds what was seen and no range: that comes about whenever it
 * is read (catalog/verdict/bisection.ts).
 */
export const bisectionSchema = z.strictObject({
  bug: z.string(),
  slug: z.string(),
  claim: z.string(),
  says: z.string().describe('The sentence as it stood when it was tested.'),
  cell: cellSchema.describe('Its version stands for all.'),
  recordedFrom: z.strictObject({
    commit: z.string().describe('Of the harness that ran.'),
    digests: bisectionDigestsSchema,
  }),
  published: z
    .string()
    .describe('The versions that there were, without those of a preview, the oldest first.'),
  tried: z.array(triedSchema).min(1).describe('The oldest first.'),
  notRun: z
    .array(z.strictObject({ version: z.string(), reason: z.string() }))
    .describe('Versions that were wanted and could not be run, and why.'),
  system: systemSchema,
  broker: brokerSchema,
});
export type Bisection = z.output<typeof bisectionSchema>;

/** A cell of all versions: the same in the evidence of every bisection of its claim. */
export function bisectedCell(cell: Cell): Cell {
  return { ...cell, version: everyVersion };
}

/** Where the bisection of a claim is kept. */
export function bisectionFile(
  { slug, claim, cell }: Pick<Bisection, 'slug' | 'claim' | 'cell'>,
  root = projectRoot,
): string {
  const name = cellName(cell).replace(`-${everyVersion}`, '');
  return path.join(folders.evidence(root), slug, 'bisect', `${claim}.${name}.json`);
}

/**
 * Reads the recorded bisections, ordered by file name.
 *
 * @param slug of the bug; all bugs by default.
 * @param root the folder that holds harness/evidence/; this project by default.
 * @throws InvalidFiles with the problems of all files at once.
 */
export function readBisections(slug = '*', root = projectRoot): Bisection[] {
  const again = 'It is written by `poolproof bisect BUG --record` alone: record it again.';
  const glob = `${slug}/bisect/*.json`;
  return readRecorded({ glob, schema: bisectionSchema, fileOf: bisectionFile, again }, root);
}
