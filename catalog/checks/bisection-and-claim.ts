import path from 'node:path';
import { bisectedCell, bisectionFile, type Bisection } from '../evidence/bisection.ts';
import { cellsOf } from '../evidence/cells.ts';
import { cellName } from '../evidence/schema.ts';
import { judgeBisection } from '../verdict/bisection.ts';
import type { Writeup } from '../writeup/schema.ts';
import type { Check } from './project.ts';

/**
 * A bisection speaks of a claim and a cell that exist, and agrees with the versions that the write-up
 * names; where this machine can record it again, it is of what stands in the tree.
 */
export const bisectionAndClaim: Check = ({ root, writeups, bisections, platform, sources }) =>
  bisections.flatMap((bisection) => {
    const file = path.relative('', bisectionFile(bisection, root));
    const writeup = writeups.find(({ slug }) => slug === bisection.slug);
    const orphaned = complaint(bisection, writeup);
    if (orphaned !== undefined || writeup === undefined) {
      return [{ file, message: `${orphaned ?? 'expected a write-up'}. Delete the file.` }];
    }
    const judged = judgeBisection(writeup, bisection, sources);
    const again = `Type npm run -s poolproof -- bisect ${bisection.bug.slice(4)} --claim ${bisection.claim} --record.`;
    const isHere = bisection.cell.platform === platform;
    const stale = `expected a bisection as it stands, got a stale one: ${judged.stale ?? ''}`;
    const messages =
      judged.stale === undefined
        ? contradictions(judged.versions, bisection, writeup)
        : [stale].filter(() => isHere);
    return messages.map((message) => ({ file, message: `${message}. ${again}` }));
  });

function complaint({ bug, claim: id, cell }: Bisection, writeup?: Writeup): string | undefined {
  if (writeup?.id !== bug) return `expected a bug ${bug} of that name, got none`;
  const claim = writeup.claims.find((one) => one.id === id);
  if (claim === undefined) return `expected a claim "${id}" in ${writeup.file}, got none`;
  const isThere = cellsOf(claim).some((one) => cellName(bisectedCell(one)) === cellName(cell));
  return isThere
    ? undefined
    : `expected "${id}" to speak of ${cellName(cell)}, got a claim that does not`;
}

/** Versions that the claim names, and in which it did not hold when they were bisected. */
function contradictions(
  versions: ReturnType<typeof judgeBisection>['versions'],
  { claim: id }: Bisection,
  { claims }: Writeup,
): string[] {
  const claim = claims.find((one) => one.id === id);
  return versions.flatMap(({ version, state, reason }) =>
    state !== 'holds' && claim?.known === undefined && claim?.run.versions.includes(version)
      ? `expected "${id}" to hold in ${version}, as the write-up says, got ${state}: ${reason}`
      : [],
  );
}
