import path from 'node:path';
import { cellsOf } from '../evidence/cells.ts';
import { evidenceFile } from '../evidence/read.ts';
import { cellName, type Evidence } from '../evidence/schema.ts';
import type { Writeup } from '../writeup/schema.ts';
import type { Check } from './project.ts';

/** Evidence speaks of a claim and a cell that exist. */
export const evidenceAndClaim: Check = ({ root, writeups, evidence }) =>
  evidence.flatMap((recorded) => {
    const message = complaint(recorded, writeups);
    return message ? [{ file: path.relative('', evidenceFile(recorded, root)), message }] : [];
  });

function complaint(recorded: Evidence, writeups: readonly Writeup[]): string | undefined {
  const { bug, slug, claim: id, cell } = recorded;
  const writeup = writeups.find((candidate) => candidate.slug === slug);
  if (writeup?.id !== bug) return `expected a bug ${bug} named ${slug}, got none. Delete the file.`;
  const claim = writeup.claims.find((candidate) => candidate.id === id);
  if (!claim) return `expected a claim "${id}" in ${writeup.file}, got none. Delete the file.`;
  if (!cellsOf(claim).some((known) => cellName(known) === cellName(cell))) {
    return `expected "${id}" to speak of ${cellName(cell)}, got a claim that does not. Delete the file, or add the cell to the claim.`;
  }
  return undefined;
}
