import { readFileSync } from 'node:fs';
import { evidenceFile } from '../../catalog/evidence/read.ts';
import { cellName, evidenceSchema, type Cell } from '../../catalog/evidence/schema.ts';
import type { Case } from './plan.ts';

/**
 * How long the runs of cases and of their controls took when they were recorded, in milliseconds, by
 * `slug claim cell`. Of what was never recorded nothing is known.
 */
export function expectedDurations(cases: readonly Case[], root: string): Map<string, number> {
  const expected = new Map<string, number>();
  const look = (slug: string, claim: string, cell: Cell) => {
    const name = `${slug} ${claim} ${cellName(cell)}`;
    const took = expected.has(name)
      ? undefined
      : recordedMs(evidenceFile({ slug, claim, cell }, root));
    if (took !== undefined) expected.set(name, took);
  };
  for (const { slug, claim, cell, control } of cases) {
    look(slug, claim.id, cell);
    for (const cell of control.cells) look(slug, control.claim.id, cell);
  }
  return expected;
}

function recordedMs(file: string): number | undefined {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // It is about an order alone: what is wrong with evidence is told by the checks.
    return undefined;
  }
  const { data: evidence } = evidenceSchema.safeParse(content);
  const took = evidence?.runs.map((run) => ('observation' in run ? run.observation.durationMs : 0));
  return took && Math.max(...took);
}
