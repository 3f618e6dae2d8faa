import path from 'node:path';
import { folders, projectRoot } from '../project.ts';
import { readRecorded } from './read-recorded.ts';
import { cellName, evidenceSchema, type Cell, type Evidence } from './schema.ts';

/** Where the evidence of a claim in a cell is kept. */
export function evidenceFile(
  { slug, claim, cell }: { slug: string; claim: string; cell: Cell },
  root = projectRoot,
): string {
  return path.join(folders.evidence(root), slug, `${claim}.${cellName(cell)}.json`);
}

/**
 * Reads the recorded evidence, ordered by file name.
 *
 * @param slug of the bug; all bugs by default.
 * @param root the folder that holds harness/evidence/; this project by default.
 * @throws InvalidFiles with the problems of all files at once.
 */
export function readEvidence(slug = '*', root = projectRoot): Evidence[] {
  const again = 'Evidence is written by `npm run harness -- BUG --record` alone: record it again.';
  const kind = { glob: `${slug}/*.json`, schema: evidenceSchema, fileOf: evidenceFile, again };
  return readRecorded(kind, root);
}
