/**
 * Tries the repros of all bugs, or of those that are named, and writes down what became of them:
 *
 *     node harness/repro/try-repros.ts [BUG…]
 *
 * Takes Python, npm and a redis-server, and most of an hour for all.
 */
import { writeFile } from 'node:fs/promises';
import {
  readTriedRepros,
  triedReprosFile,
  type TriedRepros,
} from '../../catalog/evidence/repros.ts';
import { cellName } from '../../catalog/evidence/schema.ts';
import { findWriteup } from '../../catalog/writeup/find.ts';
import { readWriteups } from '../../catalog/writeup/read.ts';
import type { Writeup } from '../../catalog/writeup/schema.ts';
import { casesOf } from './cases.ts';
import { digestOf, reproFiles } from './repro-folder.ts';
import { NeedsHarness } from './steps.ts';
import { tryRepro } from './try-repro.ts';

/** So many failures of a bug are tried before it is given up. */
const atMost = 4;

const writeups = readWriteups();
const names = process.argv.slice(2);
const wanted = names.length === 0 ? writeups : names.map((name) => findWriteup(writeups, name));
for (const writeup of wanted) {
  const became = await tryBug(writeup);
  // Read again: others may be at it as well.
  const tried = { ...readTriedRepros(), [writeup.slug]: became };
  process.stderr.write(`${writeup.id} ${'why' in became ? `none: ${became.why}` : became.claim}\n`);
  const known = writeups.flatMap(({ slug }) => {
    const one = tried[slug];
    return one === undefined ? [] : [[slug, one] as const];
  });
  await writeFile(triedReprosFile(), `${JSON.stringify(Object.fromEntries(known), null, 2)}\n`);
}

/** The first of its failures that shows without the harness, or why none does. */
async function tryBug(writeup: Writeup): Promise<TriedRepros[string]> {
  const cases = casesOf(writeup);
  if (cases.length === 0) return { why: 'no job of its recorded runs fails' };
  const reasons: string[] = [];
  let runs = 0;
  for (const one of cases) {
    const { claim, cell } = one.bug;
    if (runs === atMost) break;
    try {
      const digest = digestOf(await reproFiles(one));
      if (cell.platform !== process.platform) {
        reasons.push(
          `it takes ${cell.platform === 'wine' ? 'Windows' : cell.platform}, where it has not been tried`,
        );
        continue;
      }
      runs += 1;
      const amiss = await tryRepro(one, writeups);
      if (amiss === undefined) {
        const on = new Date().toISOString().slice(0, 10);
        return {
          ...{ claim: claim.id, fix: one.fix.claim.id, cell: cellName(cell) },
          ...{ digest, on, platform: process.platform },
        };
      }
      process.stderr.write(`${writeup.id} ${claim.id}: ${amiss}\n`);
      reasons.push('its steps alone do not show it');
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (error instanceof NeedsHarness) reasons.push(message);
      else {
        process.stderr.write(`${writeup.id} ${claim.id}: ${message}\n`);
        reasons.push('what it takes could not be had where it was tried');
      }
    }
  }
  return { why: [...new Set(reasons)].join('; ') };
}
