import path from 'node:path';
import { evidenceFile } from '../evidence/read.ts';
import { cellName } from '../evidence/schema.ts';
import type { Check } from './project.ts';

/**
 * What was recorded comes out as the write-up says, its control too: judged now, so that a write-up
 * cannot move away from its evidence. What is stale says nothing either way.
 */
export const asWritten: Check = ({ root, tested }) =>
  tested.flatMap(({ writeup: { slug, id: bug }, results }) =>
    results.flatMap(({ claim, cell, evidence, judged, stale }) => {
      if (evidence === undefined || stale !== undefined || judged.asWritten) return [];
      const expected = claim.known ?? 'confirmed';
      const file = path.relative('', evidenceFile({ slug, claim: claim.id, cell }, root));
      const message = `expected "${claim.id}" to be ${expected} on ${cellName(cell)}, got ${judged.verdict}: ${judged.reason}. Put the write-up right, or the scenario and type npm run harness -- ${bug.replace('BUG-', '')} --record.`;
      return [{ file, message }];
    }),
  );
