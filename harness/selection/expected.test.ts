import { expect, test } from 'vitest';
import { createFixtureProject, soundEvidence } from '../../catalog/fixtures/sound-project.ts';
import { readWriteups } from '../../catalog/writeup/read.ts';
import { expectedRuns } from './expected.ts';
import { select } from './select.ts';

const [run] = soundEvidence.runs;

function lasting(durationMs: number) {
  if (run === undefined || !('observation' in run)) throw new Error('the fixture has a run');
  return { runs: [{ ...run, observation: { ...run.observation, durationMs } }] };
}

test('a run takes what it took, else as long as the claim elsewhere, else as long as others', async () => {
  await using project = await createFixtureProject();
  await project.record(lasting(4000));
  await project.edit(
    'bugs/007-sleepy-worker.mdx',
    "['5.6.1'], pool: prefork",
    "['5.6.1', '5.7.0'], pool: prefork",
  );
  const cases = select(readWriteups(project.root), {});
  expect(Object.fromEntries(expectedRuns(cases, project.root))).toEqual({
    '007-sleepy-worker sleeps celery-5.6.1.prefork.linux': { seconds: 4, from: 'recorded' },
    '007-sleepy-worker sleeps celery-5.7.0.prefork.linux': { seconds: 4, from: 'claim' },
    '007-sleepy-worker solo-stays-awake celery-5.6.1.solo.linux': { seconds: 4, from: 'all' },
  });
});

test('where nothing is recorded all runs count alike, and damaged evidence counts as none', async () => {
  await using project = await createFixtureProject();
  await project.write(
    'harness/evidence/007-sleepy-worker/sleeps.celery-5.6.1.prefork.linux.json',
    '{ "half',
  );
  const cases = select(readWriteups(project.root), {});
  const seconds = [...expectedRuns(cases, project.root).values()].map((one) => one.seconds);
  expect(new Set(seconds).size).toBe(1);
  expect(seconds[0]).toBeGreaterThan(0);
});
