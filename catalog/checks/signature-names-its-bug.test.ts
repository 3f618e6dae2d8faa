import { expect, test } from 'vitest';
import { Sources } from '../evidence/digest.ts';
import { soundEvidence, writeupFile, writeupText } from '../fixtures/sound-project.ts';
import { resultsOf } from '../verdict/results.ts';
import { parseWriteup } from '../writeup/parse.ts';
import type { Signature, Writeup } from '../writeup/schema.ts';
import { signatureNamesItsBug } from './signature-names-its-bug.ts';

const [own] = [parseWriteup(writeupText, writeupFile).writeup];
const sound = own?.signatures[0];
if (!own || !sound) throw new Error('The fixture is a valid write-up');
const sleepy: Writeup = own;
const known: Signature = sound;

/** Another bug, with one signature. */
function other(signature: Partial<Signature>): Writeup {
  const signatures = [{ ...known, near: [], ...signature }];
  return { ...sleepy, id: 'BUG-008', slug: '008-other', signatures };
}

/** What the check says of a run of the fixture's claim `sleeps`, or of the healthy one. */
function problems(
  another: Writeup,
  { log, healthy = false, alsoShows }: { log?: string[]; healthy?: boolean; alsoShows?: string[] },
): string[] {
  const [run] = soundEvidence.runs;
  if (!run || !('observation' in run)) throw new Error('The fixture has a run');
  const observation = {
    ...run.observation,
    ...(log && { log }),
    ...(healthy && { jobs: [] }),
  };
  const evidence = {
    ...soundEvidence,
    ...(healthy && {
      claim: 'solo-stays-awake',
      cell: { ...soundEvidence.cell, pool: 'solo' as const },
    }),
    runs: [{ ...run, observation }],
  };
  const writeup = {
    ...sleepy,
    claims: sleepy.claims.map((claim) => ({ ...claim, ...(alsoShows && { alsoShows }) })),
  };
  const sources = new Sources('nowhere');
  const results = resultsOf(writeup, [evidence], sources);
  const project = {
    root: '',
    scenarios: [],
    evidence: [evidence],
    bisections: [],
    sources,
    platform: undefined,
  };
  return signatureNamesItsBug({
    ...project,
    writeups: [writeup, another],
    tested: [{ writeup, results }],
  }).map(({ message }) => message);
}

const silent = other({ template: 'nobody prints this' });

test('a log that names its own bug alone is right', () => {
  expect(problems(silent, {})).toEqual([]);
});

test('so is one whose bug is among those that print the same', () => {
  expect(problems(other({ near: known.near }), {})).toEqual([]);
});

test('a log that names nothing is a problem, although it contains the message', () => {
  const far = ['Worker 1 yawned', ...Array<string>(60).fill('.'), 'SleepyError: 1 is sleepy'];
  expect(problems(silent, { log: far })).toEqual([
    expect.stringContaining('to be diagnosed as BUG-007 first, got nothing.'),
  ]);
});

test('a log that names another bug, too, is a problem', () => {
  expect(problems(other({ template: 'Worker {n} yawned' }), {})).toEqual([
    expect.stringContaining('to show no other bug, got BUG-008 (likely).'),
  ]);
});

test('it is none where the claim says so, and saying so without need is one', () => {
  const alsoShows = ['BUG-008'];
  expect(problems(other({ template: 'Worker {n} yawned' }), { alsoShows })).toEqual([]);
  expect(problems(silent, { alsoShows })).toEqual([
    expect.stringContaining('to show BUG-008, as "alsoShows" says, got BUG-007 (sure).'),
  ]);
  expect(problems(silent, { alsoShows: ['BUG-009'] })).toEqual([
    expect.stringContaining('got BUG-009, which there is not.'),
  ]);
});

test('a healthy log that names another bug is a problem, even as a candidate', () => {
  const check = 'Look whether it snores.';
  const log = ['worker is done with it'];
  const named = other({ template: 'is done with it', check });
  expect(problems(named, { healthy: true, log })).toEqual([
    expect.stringContaining(
      'the log of "solo-stays-awake" on celery-5.6.1.solo.linux to show no other bug, got BUG-008 (perhaps).',
    ),
  ]);
  expect(problems(named, { healthy: true, log: ['worker is done'] })).toEqual([]);
});
