import { expect, test } from 'vitest';
import { createFixtureProject, evidenceFile, soundEvidence } from '../fixtures/sound-project.ts';
import { parseWriteup } from '../writeup/parse.ts';
import { writeupFile, writeupText } from '../fixtures/sound-project.ts';
import { readEvidence } from './read.ts';
import { resultsOf } from './results.ts';

test('reads the evidence of all bugs or of one', async () => {
  await using project = await createFixtureProject();
  expect(readEvidence('*', project.root)).toEqual([soundEvidence]);
  expect(readEvidence('007-sleepy-worker', project.root)).toEqual([soundEvidence]);
  expect(readEvidence('008-other', project.root)).toEqual([]);
});

test('a project that has recorded nothing has no evidence', async () => {
  await using project = await createFixtureProject();
  await project.remove('harness/evidence');
  expect(readEvidence('*', project.root)).toEqual([]);
});

test.each([
  ['"verdict":"confirmed"', '"verdict":"sure"', /verdict: .*confirmed.* Evidence is written by/],
  ['{', '', /expected JSON, got: .* Evidence is written by/],
  [
    '"claim":"sleeps"',
    '"claim":"naps"',
    /expected the file name .*naps\.celery-5\.6\.1\.prefork\.linux\.json for what it holds/,
  ],
])('refuses evidence in which %s was made %j', async (from, to, problem) => {
  await using project = await createFixtureProject();
  await project.edit(evidenceFile, from, to);
  expect(() => readEvidence('*', project.root)).toThrow(problem);
});

test('a claim has a result for each of its cells, `not run` where nothing current is recorded', () => {
  const { writeup } = parseWriteup(
    writeupText.replace("['5.6.1'], pool: prefork", "['5.6.1', '5.7.0'], pool: prefork"),
    writeupFile,
  );
  const [claim] = writeup?.claims ?? [];
  if (!claim) throw new Error('The fixture has a claim');
  const verdicts = (says: string) =>
    resultsOf({ ...claim, says }, [soundEvidence]).map(({ cell, verdict }) => [
      cell.version,
      verdict,
    ]);
  expect(verdicts(claim.says)).toEqual([
    ['5.6.1', 'confirmed'],
    ['5.7.0', 'not run'],
  ]);
  expect(verdicts('Another sentence')).toEqual([
    ['5.6.1', 'not run'],
    ['5.7.0', 'not run'],
  ]);
});
