import { expect, test } from 'vitest';
import { createFixtureProject, evidenceFile } from '../fixtures/sound-project.ts';
import { readEvidence } from './read.ts';

test('reads the evidence of all bugs or of one', async () => {
  await using project = await createFixtureProject();
  const evidence = await project.record();
  expect(readEvidence('*', project.root)).toEqual([evidence]);
  expect(readEvidence('007-sleepy-worker', project.root)).toEqual([evidence]);
  expect(readEvidence('008-other', project.root)).toEqual([]);
});

test('a project that has recorded nothing has no evidence', async () => {
  await using project = await createFixtureProject();
  await project.remove('harness/evidence');
  expect(readEvidence('*', project.root)).toEqual([]);
});

test.each([
  ['"state":"pending"', '"state":"asleep"', /runs\[0\]: .* Evidence is written by/],
  ['"bug":', '"verdict":"confirmed","bug":', /"verdict".* Evidence is written by/],
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
