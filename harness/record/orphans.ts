import { globSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { cellsOf } from '../../catalog/evidence/cells.ts';
import { evidenceFile } from '../../catalog/evidence/read.ts';
import type { Problem } from '../../catalog/problem/problem.ts';
import { folders } from '../../catalog/project.ts';
import type { ReadWriteups } from '../../catalog/writeup/read.ts';
import type { Writeup } from '../../catalog/writeup/schema.ts';

/**
 * Evidence that no claim speaks of, noted before runs begin. Only that may be removed after them: what
 * came meanwhile belongs to write-ups that this run never read, and to other runs.
 */
export class Orphans {
  readonly #folder: string;
  readonly #noted: ReadonlyMap<string, string>;

  /**
   * @param known the write-ups as they are before the runs.
   * @param root the folder that holds harness/evidence/.
   */
  constructor(known: ReadWriteups, root: string) {
    this.#folder = folders.evidence(root);
    this.#noted = new Map(
      orphansAmong(globSync('*/*.json', { cwd: this.#folder }), known).map((name) => [
        name,
        readFileSync(path.join(this.#folder, name), 'latin1'),
      ]),
    );
  }

  /**
   * Removes those that are as they were, and that no claim speaks of now either.
   *
   * @param known the write-ups as they are now.
   * @returns the files that were removed.
   */
  async remove(known: ReadWriteups): Promise<string[]> {
    const there = globSync('*/*.json', { cwd: this.#folder });
    const removed: string[] = [];
    for (const name of orphansAmong(there, known)) {
      const file = path.join(this.#folder, name);
      if (this.#noted.get(name) !== readFileSync(file, 'latin1')) continue;
      await rm(file);
      removed.push(file);
    }
    return removed;
  }
}

/** The names of evidence files, below their folder, that write-ups have a claim and a cell for. */
function expectedNames(writeups: readonly Writeup[]): Set<string> {
  return new Set(
    writeups.flatMap(({ slug, claims }) =>
      claims.flatMap((claim) =>
        cellsOf(claim).map((cell) =>
          path.relative(folders.evidence('/'), evidenceFile({ slug, claim: claim.id, cell }, '/')),
        ),
      ),
    ),
  );
}

/** The slugs of write-ups that cannot be used. */
export function slugsOf(problems: readonly Problem[]): Set<string> {
  return new Set(problems.map(({ file }) => path.basename(file, '.mdx')));
}

/** Of a bug whose write-up cannot be read, nothing is known to be one. */
function orphansAmong(
  names: readonly string[],
  { writeups, problems }: ReadWriteups,
): readonly string[] {
  const expected = expectedNames(writeups);
  const invalid = slugsOf(problems);
  return names.filter((name) => !expected.has(name) && !invalid.has(path.dirname(name)));
}
