import { describe, expect, test } from 'vitest';
import {
  actorFile,
  createFixtureProject,
  evidenceFile,
  helperFile,
  programFile,
  scenarioFile,
  soundEvidence,
  writeupFile,
  type FixtureProject,
} from '../fixtures/sound-project.ts';
import type { Observation, Runs } from '../evidence/schema.ts';
import { formatProblem } from '../problem/problem.ts';
import type { Platform } from '../writeup/schema.ts';
import { checkProject } from './check-project.ts';

/** On a machine that cannot run the fixture, unless told otherwise, so that nothing counts as stale. */
async function problemsOf(
  breakIt?: (project: FixtureProject) => Promise<unknown>,
  platform: Platform = 'darwin',
): Promise<string[]> {
  await using project = await createFixtureProject();
  await breakIt?.(project);
  return checkProject(project.root, platform).map((problem) =>
    formatProblem(problem).split('\\').join('/'),
  );
}

/** The run of the fixture with other jobs, and another log where one is given. */
function withJobs(jobs: Observation['jobs'], log?: string[]): Runs[number] {
  const [run] = soundEvidence.runs;
  if (run === undefined || !('observation' in run)) throw new Error('the fixture has a run');
  return { ...run, observation: { ...run.observation, jobs, ...(log && { log }) } };
}

test('the fixture has no problem before it is broken', async () => {
  expect(await problemsOf()).toEqual([]);
  expect(await problemsOf(undefined, 'linux')).toEqual([]);
});

describe('each way of disagreeing is one problem', () => {
  const ways: Record<string, [(project: FixtureProject) => Promise<unknown>, string]> = {
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
          JSON.stringify({
            ...soundEvidence,
            cell: { ...soundEvidence.cell, version: '5.2.7' },
            versions: { celery: '5.2.7' },
          }),
        ),
      'expected "sleeps" to speak of celery-5.2.7.prefork.linux, got a claim that does not.',
    ],
    'an outcome that is not what was seen': [
      ({ edit }) =>
        edit(
          writeupFile,
          "fails: { signature: sleepy, facts: { naps: '= 2' } }",
          "works: { naps: '= 2' }",
        ),
      'expected "sleeps" to be confirmed on celery-5.6.1.prefork.linux, got refuted: add(3, 1) never completed.',
    ],
    'a fact that is not what was seen': [
      ({ edit }) => edit(writeupFile, "naps: '= 2'", "naps: '= 1'"),
      'got refuted: naps: 2, expected = 1. Put the write-up right, or ',
    ],
    'evidence that shows the contrary': [
      ({ record }) =>
        record({
          runs: [withJobs([{ name: 'add(3, 1)', state: 'completed', result: 4, expected: 4 }])],
        }),
      'got refuted: 1 of 1 jobs completed.',
    ],
    'a control that is not what was seen': [
      ({ edit }) => edit(writeupFile, 'expect: works', 'expect: fails'),
      'got unknown: its control solo-stays-awake was refuted (1 of 1 jobs completed)',
    ],
    'evidence of another version than its label says': [
      ({ record }) => record({ versions: { celery: '5.6.3' } }),
      'expected the runs to be on celery 5.6.1, got 5.6.3. Delete the file.',
    ],
    'evidence of another platform than its label says': [
      ({ record }) => record({ system: { ...soundEvidence.system, os: 'Darwin' } }),
      'expected a run on Linux for linux, got one on Darwin.',
    ],
    'a signature that no evidence contains': [
      async ({ edit }) => {
        await edit(
          writeupFile,
          "fails: { signature: sleepy, facts: { naps: '= 2' } }",
          "fails: { facts: { naps: '= 2' } }",
        );
        await edit(evidenceFile, 'SleepyError', 'DrowsyError');
      },
      'signature "sleepy": expected evidence that contains "SleepyError: {worker} is sleepy", got none.',
    ],
    'a signature that stands in evidence without its context': [
      async ({ edit }) => {
        await edit(
          writeupFile,
          "fails: { signature: sleepy, facts: { naps: '= 2' } }",
          "fails: { facts: { naps: '= 2' } }",
        );
        await edit(evidenceFile, 'yawned', 'stretched');
      },
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
  const problems = await problemsOf(({ record }) => {
    const error = 'Worker 1 yawned\nSleepyError: worker 1 is sleepy';
    return record({ runs: [withJobs([{ name: 'add(3, 1)', state: 'failed', error }], [])] });
  });
  expect(problems).toEqual([]);
});

describe('what evidence was recorded from', () => {
  const cacheFile = actorFile.replace('tasks.py', '__pycache__/tasks.cpython-311.pyc');
  const changes: Record<string, [(project: FixtureProject) => Promise<unknown>, string]> = {
    'the sentence': [
      ({ edit }) => edit(writeupFile, 'the worker falls asleep', 'the worker dozes off'),
      'the sentence has changed since',
    ],
    'the scenario': [
      ({ edit }) => edit(scenarioFile, 'await nap', ' await nap'),
      'the scenario has changed since',
    ],
    'a module of the scenario': [
      ({ edit }) => edit(helperFile, 'worker;', 'worker; '),
      'the scenario has changed since',
    ],
    'one byte of an actor': [
      ({ edit }) => edit(actorFile, 'a + b', 'a - b'),
      'an actor, or what it loads, has changed since',
    ],
    'the name of an actor': [
      async ({ remove, write }) => {
        await remove(actorFile);
        await write(actorFile.replace('tasks', 'jobs'), 'def add(a, b):\n    return a + b\n');
      },
      'an actor, or what it loads, has changed since',
    ],
    'a program of the engine': [
      ({ edit }) => edit(programFile, 'client', 'another client'),
      'a program of the harness that drives the engine has changed since',
    ],
    'the broker it needs': [
      ({ edit }) => edit(writeupFile, 'pool: prefork,', 'pool: prefork, needs: nothing,'),
      'how it is run has changed since',
    ],
    'how the control is run': [
      ({ edit }) => edit(writeupFile, "['5.6.1'], pool: solo", "['5.6.2'], pool: solo"),
      'its control has changed since',
    ],
    'two things': [
      async ({ edit }) => {
        await edit(writeupFile, 'the worker falls asleep', 'the worker dozes off');
        await edit(actorFile, 'a + b', 'a - b');
      },
      'the sentence and an actor, or what it loads, have changed since',
    ],
  };

  test.each(Object.entries(changes))(
    '%s may not change unnoticed',
    async (_what, [change, why]) => {
      const stale = `expected evidence of "sleeps" as it stands, got stale evidence: ${why}. Type npm run harness -- 007 --platform linux --stale --record.`;
      expect(await problemsOf(change, 'linux')).toEqual([expect.stringContaining(stale)]);
      // Elsewhere it cannot be recorded again, and waits for a machine that can.
      expect(await problemsOf(change, 'darwin')).toEqual([]);
    },
  );

  test.each<[string, (project: FixtureProject) => Promise<unknown>]>([
    ['line ends', ({ edit }) => edit(actorFile, '\n', '\r\n')],
    ['what an interpreter leaves', ({ write }) => write(cacheFile, 'bytes')],
    ['a scenario of another bug', ({ write }) => write('harness/scenarios/another.ts', '')],
  ])('%s may', async (_what, change) => {
    expect(await problemsOf(change, 'linux')).toEqual([]);
  });
});
