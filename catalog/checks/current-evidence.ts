import path from 'node:path';
import { isUsual } from '../evidence/cells.ts';
import { evidenceFile } from '../evidence/read.ts';
import type { Check } from './project.ts';

/**
 * Evidence that this machine can record again with the usual cells is that of what stands in the tree.
 * The rest waits for a machine that can, and is shown as stale until then.
 */
export const currentEvidence: Check = ({ root, tested, platform }) =>
  tested.flatMap(({ writeup: { slug, id: bug }, results }) =>
    results.flatMap(({ claim, cell, stale }) => {
      if (stale === undefined || cell.platform !== platform || !isUsual(claim, cell)) return [];
      const file = path.relative('', evidenceFile({ slug, claim: claim.id, cell }, root));
      const message = `expected evidence of "${claim.id}" as it stands, got stale evidence: ${stale}. Type npm run harness -- ${bug.replace('BUG-', '')} --platform ${platform} --stale --record.`;
      return [{ file, message }];
    }),
  );
