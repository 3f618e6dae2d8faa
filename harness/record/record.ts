import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { globSync } from 'node:fs';
import path from 'node:path';
import { cellsOf } from '../../catalog/evidence/cells.ts';
import { findMachineTraces } from '../../catalog/evidence/machine-traces.ts';
import { evidenceFile } from '../../catalog/evidence/read.ts';
import { evidenceSchema } from '../../catalog/evidence/schema.ts';
import { BadInput } from '../../catalog/problem/bad-input.ts';
import { folders } from '../../catalog/project.ts';
import type { Writeup } from '../../catalog/writeup/schema.ts';
import type { Result } from '../report/result.ts';

/**
 * Writes the evidence of every claim that ran, one file for each cell, in place of what was recorded
 * before. Evidence of claims and cells that no write-up has any more is removed.
 *
 * @param commit of the harness that ran.
 * @returns what was done, a line for each file.
 * @throws before anything is replaced: when evidence would hold traces of this machine, and when the
 * disk does not take all of it.
 */
export async function recordEvidence(
  results: readonly Result[],
  writeups: readonly Writeup[],
  commit: string,
  root: string,
): Promise<string[]> {
  const evidence = results.flatMap((result) =>
    result.evidence ? evidenceSchema.parse({ ...result.evidence, harness: commit }) : [],
  );
  const traces = evidence.flatMap((one) =>
    findMachineTraces(one).map(({ at, text }) => `${one.claim} ${at}: ${text}`),
  );
  if (traces.length > 0) {
    throw new Error(
      `Evidence would name this machine; nothing was recorded:\n${traces.join('\n')}`,
    );
  }
  const expected = expectedNames(writeups);
  const refused: string[] = [];
  const texts = new Map<string, string>();
  for (const one of evidence) {
    const file = evidenceFile(one, root);
    if (expected.has(nameOf(file, root))) texts.set(file, `${JSON.stringify(one, null, 2)}\n`);
    else refused.push(`not recorded, as no claim speaks of it: ${path.relative('', file)}`);
  }
  await writeAll(texts);
  const recorded = [...texts.keys()].map((file) => `recorded ${path.relative('', file)}`);
  const lines = [...recorded, ...refused];
  const folder = folders.evidence(root);
  for (const name of globSync('*/*.json', { cwd: folder })) {
    const file = path.join(folder, name);
    if (expected.has(nameOf(file, root))) continue;
    await rm(file);
    lines.push(`removed ${path.relative('', file)}: no claim speaks of it any more`);
  }
  return lines;
}

/** Replaces all of the files or none: what was recorded together belongs together. */
async function writeAll(texts: ReadonlyMap<string, string>): Promise<void> {
  const draftOf = (file: string) => `${file}.draft`;
  try {
    for (const [file, text] of texts) {
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(draftOf(file), text);
    }
  } catch (error) {
    for (const file of texts.keys()) await rm(draftOf(file), { force: true });
    const reason = error instanceof Error ? error.message : String(error);
    throw new BadInput(`nothing was recorded: ${reason}\nFree some space, and record again.`);
  }
  for (const file of texts.keys()) await rename(draftOf(file), file);
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
