import { expect, test } from 'vitest';
import { Sources } from '../evidence/digest.ts';
import { readEvidence } from '../evidence/read.ts';
import {
  actorFile,
  createFixtureProject,
  writeupFile,
  type FixtureProject,
} from '../fixtures/sound-project.ts';
import { readWriteups } from '../writeup/read.ts';
import { readResults, resultsOf } from './results.ts';

function told({ root }: FixtureProject) {
  const [writeup] = readWriteups(root);
  if (writeup === undefined) throw new Error('the fixture has a write-up');
  return readResults(writeup, root).map(({ claim, cell, verdict, reason }) => [
    `${claim.id} ${cell.version}`,
    verdict,
    reason,
  ]);
}

test('a claim has a result for each of its cells, `not run` where nothing is recorded', async () => {
  await using project = await createFixtureProject();
  await project.edit(writeupFile, "['5.6.1'], pool: prefork", "['5.6.1', '5.7.0'], pool: prefork");
  expect(told(project)).toEqual([
    ['sleeps 5.6.1', 'confirmed', 'add(3, 1) never completed'],
    ['sleeps 5.7.0', 'not run', 'no run is recorded yet'],
    ['solo-stays-awake 5.6.1', 'not run', 'no run is recorded yet'],
  ]);
});

test('what is written differently is judged differently, and nothing is run for it', async () => {
  await using project = await createFixtureProject();
  await project.edit(writeupFile, "naps: '= 2'", "naps: '= 1'");
  expect(told(project)[0]).toEqual(['sleeps 5.6.1', 'refuted', 'naps: 2, expected = 1']);
});

test('evidence of something else is stale, whatever it says', async () => {
  await using project = await createFixtureProject();
  await project.edit(actorFile, 'a + b', 'a - b');
  expect(told(project)[0]).toEqual([
    'sleeps 5.6.1',
    'stale',
    'an actor, or what it loads, has changed since',
  ]);
  const [writeup] = readWriteups(project.root);
  if (writeup === undefined) throw new Error('the fixture has a write-up');
  const evidence = readEvidence('*', project.root);
  const [result] = resultsOf(writeup, evidence, new Sources(project.root));
  expect(result).toMatchObject({
    verdict: 'stale',
    stale: 'an actor, or what it loads, has changed since',
    judged: { verdict: 'confirmed' },
  });
});
