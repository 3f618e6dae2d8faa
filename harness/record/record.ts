import path from 'node:path';
import { Sources } from '../../catalog/evidence/digest.ts';
import { wrongLabels } from '../../catalog/evidence/labels.ts';
import { evidenceFile } from '../../catalog/evidence/read.ts';
import { cellName, evidenceSchema, type Evidence } from '../../catalog/evidence/schema.ts';
import { whyStale } from '../../catalog/evidence/stale.ts';
import { cellsOf } from '../../catalog/evidence/cells.ts';
import { folders } from '../../catalog/project.ts';
import type { ReadWriteups } from '../../catalog/writeup/read.ts';
import type { Writeup } from '../../catalog/writeup/schema.ts';
import type { Result } from '../report/result.ts';
import type { Origins } from './origins.ts';
import { slugsOf, type Orphans } from './orphans.ts';
import { writeEvidence } from './write-evidence.ts';

/** What came of recording. */
export interface Recording {
  /** What was done, a line for each file. */
  readonly done: readonly string[];
  /** What was not recorded though it ran, and why, a line for each. */
  readonly refused: readonly string[];
}

export interface RecordOptions {
  /** The write-ups as they were before the runs. */
  readonly before: ReadWriteups;
  /** The write-ups as they are now. */
  readonly now: ReadWriteups;
  /** What the runs were made of, noted before they began. */
  readonly origins: Origins;
  /** What may be removed, noted before they began. Left out: nothing is. */
  readonly orphans?: Orphans;
  readonly root: string;
  /** Where evidence goes. Default: harness/evidence of the project. */
  readonly folder?: string;
}

/**
 * Writes the evidence of every claim that came out as its write-up says, one file for each cell, in
 * place of what was recorded before. Evidence that no claim spoke of before the runs, nor speaks of now,
 * is removed.
 *
 * @throws before anything is replaced: when evidence would hold traces of this machine, and when the
 * disk does not take all of it.
 */
export async function recordEvidence(
  results: readonly Result[],
  { before, now, origins, orphans, root, folder = folders.evidence(root) }: RecordOptions,
): Promise<Recording> {
  const sources = new Sources(root);
  const invalid = slugsOf(now.problems);
  // A write-up that is being written at the moment cannot be asked.
  const writeups = [...now.writeups, ...before.writeups.filter(({ slug }) => invalid.has(slug))];
  const refused: string[] = [];
  const evidence = results.flatMap((result) => {
    if (result.evidence === undefined) return [];
    const recordedFrom = origins.of(result.evidence);
    const whole = recordedFrom && { ...result.evidence, recordedFrom };
    const why =
      whole === undefined
        ? 'no claim speaks of it'
        : (whyNot(result, result.evidence) ?? whyNoMore(whole, writeups, sources));
    if (why === undefined) return evidenceSchema.parse(whole);
    refused.push(
      `not recorded, as ${why}: ${path.relative('', evidenceFile(result.evidence, root))}`,
    );
    return [];
  });
  const inFolder = (one: Evidence) =>
    path.join(folder, path.relative(folders.evidence(root), evidenceFile(one, root)));
  const files = new Map(evidence.map((one) => [inFolder(one), one]));
  await writeEvidence(files);
  const removed = (await orphans?.remove(now)) ?? [];
  return {
    done: [
      ...[...files.keys()].map((file) => `recorded ${path.relative('', file)}`),
      ...removed.map(
        (file) => `removed ${path.relative('', file)}: no claim speaks of it any more`,
      ),
    ],
    refused,
  };
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

/** Why what was observed is of something else by now. */
function whyNoMore(
  evidence: Evidence,
  writeups: readonly Writeup[],
  sources: Sources,
): string | undefined {
  const writeup = writeups.find(({ slug }) => slug === evidence.slug);
  const claim = writeup?.claims.find(({ id }) => id === evidence.claim);
  const name = cellName(evidence.cell);
  const cell = claim && cellsOf(claim).find((one) => cellName(one) === name);
  if (writeup === undefined || claim === undefined || cell === undefined) {
    return 'no claim speaks of it';
  }
  return whyStale(writeup, { claim, cell }, evidence, sources) === undefined
    ? undefined
    : 'what it was run from has changed meanwhile';
}
