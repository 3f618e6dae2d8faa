import { describe, expect, test } from 'vitest';
import {
  createFixtureProject,
  evidenceFile,
  scenarioFile,
  soundEvidence,
  writeupFile,
  type FixtureProject,
} from '../fixtures/sound-project.ts';
import { formatProblem } from '../problem/problem.ts';
import { checkProject } from './check-project.ts';

async function problemsOf(breakIt?: (project: FixtureProject) => Promise<void>): Promise<string[]> {
  await using project = await createFixtureProject();
  await breakIt?.(project);
  return checkProject(project.root).map((problem) => formatProblem(problem).split('\\').join('/'));
}

test('the fixture has no problem before it is broken', async () => {
  expect(await problemsOf()).toEqual([]);
});

describe('each way of disagreeing is one problem', () => {
  const ways: Record<string, [(project: FixtureProject) => Promise<void>, string]> = {
    'a bug without a scenario folder': [
      ({ remove }) => remove('harness/scenarios/007-sleepy-worker'),
      '007-sleepy-worker.mdx: expected a scenario, got none. Write ',
    ],
    'a scenario folder without scenario.ts': [
      async ({ remove, write }) => {
        await remove(scenarioFile);
        await write('harness/scenarios/007-sleepy-worker/actors/tasks.py', '');
      },
      '007-sleepy-worker.mdx: expected a scenario, got none. Write ',
    ],
    'a scenario without a bug': [
      ({ write }) => write('harness/scenarios/008-alone/scenario.ts', ''),
      '008-alone/scenario.ts: expected the write-up bugs/008-alone.mdx, got none.',
    ],
    'a snippet with the name of no actor': [
      ({ edit }) => edit(writeupFile, '## Why', '```python title="wake.py"\nwake()\n```\n\n## Why'),
      'expected an actor for the snippet "wake.py", got none. Write ',
    ],
    'a snippet that is not its actor': [
      async ({ edit, write }) => {
        await write('harness/scenarios/007-sleepy-worker/actors/wake.py', 'wake(2)\n');
        await edit(writeupFile, '## Why', '```python title="wake.py"\nwake()\n```\n\n## Why');
      },
      'expected the snippet "wake.py" to be what the harness runs, got another text. Copy ',
    ],
    'a claim without a function': [
      ({ edit }) => edit(scenarioFile, "claim('sleeps'", "other('sleeps'"),
      `007-sleepy-worker.mdx: expected a function for the claim "sleeps", got none. Write claim('sleeps', …) in `,
    ],
    'a function that is only mentioned': [
      ({ edit }) => edit(scenarioFile, "claim('sleeps'", "// claim('sleeps')\nother('sleeps'"),
      'expected a function for the claim "sleeps", got none.',
    ],
    'a function without a claim': [
      ({ write }) =>
        write(
          scenarioFile,
          "claim('sleeps', f);\nclaim('solo-stays-awake', f);\n  claim('sleep', f);\n",
        ),
      'scenario.ts:3:3: expected the id of a claim of ',
    ],
    'two functions for one claim': [
      ({ write }) =>
        write(
          scenarioFile,
          "claim('sleeps', f);\nclaim('solo-stays-awake', f);\nclaim('sleeps', f);",
        ),
      'scenario.ts:3:1: expected one function for the claim "sleeps", got another.',
    ],
    'a function whose claim is not written out': [
      ({ write }) =>
        write(scenarioFile, "claim('sleeps', f);\nclaim('solo-stays-awake', f);\nclaim(id, f);"),
      "scenario.ts:3:1: expected claim('id', …) with the id as a string",
    ],
    'evidence of a bug that is gone': [
      ({ write }) =>
        write(
          'harness/evidence/008-gone/sleeps.celery-5.6.1.prefork.linux.json',
          JSON.stringify({ ...soundEvidence, bug: 'BUG-008', slug: '008-gone' }),
        ),
      'expected a bug BUG-008 named 008-gone, got none. Delete the file.',
    ],
    'evidence of a claim that is gone': [
      ({ write }) =>
        write(
          evidenceFile.replace('sleeps', 'dreams'),
          JSON.stringify({ ...soundEvidence, claim: 'dreams' }),
        ),
      'expected a claim "dreams" in ',
    ],
    'evidence of a cell that is gone': [
      ({ write }) =>
        write(
          evidenceFile.replace('5.6.1', '5.2.7'),
          JSON.stringify({ ...soundEvidence, cell: { ...soundEvidence.cell, version: '5.2.7' } }),
        ),
      'expected "sleeps" to speak of celery-5.2.7.prefork.linux, got a claim that does not.',
    ],
    'evidence of a sentence that has changed': [
      ({ edit }) => edit(writeupFile, 'the worker falls asleep', 'the worker dozes off'),
      'expected evidence for "With prefork the worker dozes off", got evidence for "With prefork the worker falls asleep". The sentence has changed: type npm run harness -- 007 --record.',
    ],
    'a signature that no evidence contains': [
      ({ edit }) => edit(evidenceFile, 'SleepyError', 'DrowsyError'),
      'signature "sleepy": expected evidence that contains "SleepyError: {worker} is sleepy", got none.',
    ],
    'a signature that stands in evidence without its context': [
      ({ edit }) => edit(evidenceFile, 'yawned', 'stretched'),
      'signature "sleepy": expected evidence that contains ',
    ],
    'an exemption that is no longer needed': [
      ({ edit }) =>
        edit(writeupFile, 'source: https', 'unproven: Nobody has seen it yet\n    source: https'),
      'signature "sleepy": expected no exemption, got "unproven" although evidence contains the message.',
    ],
    'evidence that names a machine': [
      ({ edit }) => edit(evidenceFile, '<cache>', '/home/somebody/.cache'),
      'commands[0]: expected <home>, got "/home/somebody", which is of one machine alone.',
    ],
  };

  test.each(Object.entries(ways))('%s', async (_way, [breakIt, problem]) => {
    expect(await problemsOf(breakIt)).toEqual([expect.stringContaining(problem)]);
  });
});

test('a signature that nobody can show yet is exempt when it says why', async () => {
  const problems = await problemsOf(async ({ edit, remove }) => {
    await remove(evidenceFile);
    await edit(writeupFile, 'source: https', 'unproven: Needs a tired worker\n    source: https');
  });
  expect(problems).toEqual([]);
});

test('a signature may stand in the error of a job alone', async () => {
  const problems = await problemsOf(({ write }) => {
    const { observation } = soundEvidence;
    const error = 'Worker 1 yawned\nSleepyError: worker 1 is sleepy';
    const jobs = [{ ...observation.jobs[0], error }];
    return write(
      evidenceFile,
      JSON.stringify({ ...soundEvidence, observation: { ...observation, jobs, log: [] } }),
    );
  });
  expect(problems).toEqual([]);
});
