import { expect, test } from 'vitest';
import { soundEvidence, writeupFile, writeupText } from '../fixtures/sound-project.ts';
import { parseWriteup } from '../writeup/parse.ts';
import type { Observation, Runs } from '../evidence/schema.ts';
import { judgeVersion, rangesOf, wordsOf, type State } from './bisection.ts';

const { writeup } = parseWriteup(writeupText, writeupFile);
const [claim] = writeup?.claims ?? [];
const [sound] = soundEvidence.runs;
if (!writeup || !claim || !sound || !('observation' in sound)) throw new Error('It is valid');
const { observation } = sound;
const judge = { claim, cell: soundEvidence.cell, signatures: writeup.signatures };

const done = { name: 'add(3, 1)', state: 'completed' as const, result: 4, expected: 4 };
const run = (rounds: number[], changes: Partial<Observation> = {}): Runs[number] => ({
  rounds,
  observation: { ...observation, ...changes },
});
const stateOf = (...runs: Runs) => judgeVersion(judge, { version: '1.0.0', runs });

test('a version is judged by all of its runs', () => {
  expect(stateOf(run([1, 2])).state).toBe('holds');
  expect(stateOf(run([1], { jobs: [done] })).state).toBe('does not hold');
  expect(stateOf(run([1, 2]), run([3], { jobs: [done] }))).toMatchObject({
    state: 'flickers',
    runs: { total: 3, holding: 2 },
  });
});

test('another failure speaks neither for nor against the sentence', () => {
  expect(stateOf(run([1], { log: ['worker | TypeError: not a function'] })).state).toBe(
    'otherwise',
  );
  expect(stateOf(run([1], { facts: { naps: 1 } })).state).toBe('otherwise');
  expect(stateOf({ rounds: [1], error: 'no such method' }).state).toBe('otherwise');
});

const published = Array.from({ length: 10 }, (_, minor) => `1.${minor}.0`);

function told(states: Readonly<Record<string, State>>): string {
  const versions = Object.entries(states).map(([version, state]) => ({
    ...{ version, state, reason: '' },
    runs: { total: 1, holding: 0 },
  }));
  const [first = '', last = ''] = [Object.keys(states)[0], Object.keys(states).at(-1)];
  const ranges = rangesOf(versions, published);
  return wordsOf({ ranges, oldestTried: first, newestTried: last });
}

test.each<[string, Readonly<Record<string, State>>, string]>([
  [
    'one range, sharp at both ends',
    { '1.0.0': 'does not hold', '1.1.0': 'holds', '1.6.0': 'holds', '1.7.0': 'does not hold' },
    '1.1.0 to 1.6.0; newest tried 1.7.0',
  ],
  [
    'two ranges',
    {
      ...{ '1.0.0': 'does not hold', '1.1.0': 'holds', '1.2.0': 'does not hold' },
      ...{ '1.3.0': 'flickers', '1.4.0': 'holds', '1.5.0': 'otherwise', '1.9.0': 'does not hold' },
    },
    '1.1.0, 1.3.0 to 1.4.0 (1.5.0 came to something else); newest tried 1.9.0',
  ],
  [
    'edges that are not sharp',
    { '1.0.0': 'does not hold', '1.3.0': 'holds', '1.5.0': 'holds', '1.9.0': 'does not hold' },
    '1.3.0 (not 1.0.0; 2 between them not tried) to 1.5.0 (not 1.9.0; 3 between them not tried); newest tried 1.9.0',
  ],
  [
    'a failure that is there from the first to the last',
    { '1.0.0': 'holds', '1.9.0': 'holds' },
    '1.0.0 (the oldest tried) to 1.9.0; newest tried 1.9.0',
  ],
  ['none', { '1.0.0': 'does not hold', '1.9.0': 'otherwise' }, 'none of 1.0.0 to 1.9.0'],
])('the words tell %s', (_what, states, words) => {
  expect(told(states)).toBe(words);
});
