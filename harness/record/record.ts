import { rm } from 'node:fs/promises';
import { globSync } from 'node:fs';
import path from 'node:path';
import { cellsOf } from '../../catalog/evidence/cells.ts';
import { wrongLabels } from '../../catalog/evidence/labels.ts';
import { evidenceFile } from '../../catalog/evidence/read.ts';
import { evidenceSchema } from '../../catalog/evidence/schema.ts';
import { folders } from '../../catalog/project.ts';
import type { Writeup } from '../../catalog/writeup/schema.ts';
import type { Result } from '../report/result.ts';
import type { Origins } from './origins.ts';
import { writeEvidence } from './write-evidence.ts';

/** What came of recording. */
export interface Recording {
  /** What was done, a line for each file. */
  readonly done: readonly string[];
  /** What was not recorded though it ran, and why, a line for each. */
  readonly refused: readonly string[];
}

export interface RecordOptions {
  /** All write-ups of the project that are valid. */
  readonly writeups: readonly Writeup[];
  /** The bugs whose write-up is not, by slug: nothing of theirs is removed. */
  readonly invalid: ReadonlySet<string>;
  /** What the runs were made of, noted before they began. */
  readonly origins: Origins;
  readonly root: string;
}

/**
 * Writes the evidence of every claim that came out as its write-up says, one file for each cell, in
 * place of what was recorded before. Evidence of claims and cells that no write-up has any more is removed.
 *
 * @throws before anything is replaced: when evidence would hold traces of this machine, and when the
 * disk does not take all of it.
 */
export async function recordEvidence(
  results: readonly Result[],
  { writeups, invalid, origins, root }: RecordOptions,
): Promise<Recording> {
  const expected = expectedNames(writeups);
  const refused: string[] = [];
  const evidence = results.flatMap((result) => {
    if (result.evidence === undefined) return [];
    const file = evidenceFile(result.evidence, root);
    const recordedFrom = origins.of(result.evidence);
    const why = expected.has(nameOf(file, root))
      ? (whyNot(result, result.evidence) ??
        (recordedFrom === undefined ? 'what it was run from has changed meanwhile' : undefined))
      : 'no claim speaks of it';
    if (why === undefined) return evidenceSchema.parse({ ...result.evidence, recordedFrom });
    refused.push(`not recorded, as ${why}: ${path.relative('', file)}`);
    return [];
  });
  const files = new Map(evidence.map((one) => [evidenceFile(one, root), one]));
  await writeEvidence(files);
  const done = [...files.keys()].map((file) => `recorded ${path.relative('', file)}`);
  const folder = folders.evidence(root);
  for (const name of globSync('*/*.json', { cwd: folder })) {
    const file = path.join(folder, name);
    if (expected.has(nameOf(file, root)) || invalid.has(path.dirname(name))) continue;
    await rm(file);
    done.push(`removed ${path.relative('', file)}: no claim speaks of it any more`);
  }
  return { done, refused };
}

/** Why what was observed would be no evidence for its claim. */
function whyNot(
  { asWritten, verdict, reason }: Result,
  evidence: NonNullable<Result['evidence']>,
): string | undefined {
  const [label] = wrongLabels(evidence);
  if (label !== undefined) return `its label would be wrong (${label})`;
  return asWritten ? undefined : `it did not come out as written (${verdict}: ${reason})`;
}

/** The evidence files there may be, below harness/evidence. */
function expectedNames(writeups: readonly Writeup[]): Set<string> {
  return new Set(
    writeups.flatMap(({ slug, claims }) =>
      claims.flatMap((claim) =>
        cellsOf(claim).map((cell) =>
          nameOf(evidenceFile({ slug, claim: claim.id, cell }, '/'), '/'),
        ),
      ),
    ),
  );
}

function nameOf(file: string, root: string): string {
  return path.relative(folders.evidence(root), file);
}
