import { expect, test } from 'vitest';
import { diagnose } from '../../catalog/diagnose/diagnose.ts';
import { historyOf } from '../../catalog/diagnose/version-history.ts';
import { readEvidence } from '../../catalog/evidence/read.ts';
import { readResults, type ClaimResult } from '../../catalog/verdict/results.ts';
import { readWriteups } from '../../catalog/writeup/read.ts';
import type { Writeup } from '../../catalog/writeup/schema.ts';
import { createKnownBugs } from './known-bugs.ts';

const writeups = readWriteups();
const results = new Map<string, readonly ClaimResult[]>();
const resultsOf = (writeup: Writeup) => {
  const known = results.get(writeup.id) ?? readResults(writeup);
  results.set(writeup.id, known);
  return known;
};
const lookUp = (writeup: Writeup) => historyOf(writeup, resultsOf(writeup));

/** Logs that the harness recorded of each bug that prints something: one of each of its first claims. */
const logs = writeups.flatMap(({ slug, signatures }) => {
  if (signatures.length === 0) return [];
  return readEvidence(slug)
    .slice(0, 4)
    .flatMap(({ runs }) => {
      const [log] = runs.flatMap((run) => ('observation' in run ? [run.observation.log] : []));
      return log ? [[slug, log.map((line) => line.replace(/^[\w@.-]+ \| ?/, ''))] as const] : [];
    });
});

test('a failed job is told to show what `diagnose` says of the same text', async () => {
  expect(logs.length).toBeGreaterThan(30);
  const knownBugs = createKnownBugs(writeups, resultsOf);
  let found = 0;
  for (const [slug, lines] of logs) {
    const failure = {
      failedReason: lines.at(-1) ?? '',
      stacktrace: [lines.slice(0, -1).join('\n')],
    };
    const bugs = knownBugs.of(failure);
    const { matches } = await diagnose(lines.join('\n'), writeups, lookUp);
    expect(bugs, slug).toEqual(matches);
    found += bugs.length;
  }
  expect(found).toBeGreaterThan(30);
});
