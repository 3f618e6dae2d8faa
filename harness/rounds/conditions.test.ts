import { expect, test } from 'vitest';
import { conditionsOf, describeRound } from './conditions.ts';

const once = { repeat: 1, load: 0, seed: 42, usually: 4, oneAtATime: false };

test('one round is as usual, in the order that runs come', () => {
  expect(conditionsOf(once)).toEqual([{ atOnce: 4, load: 0 }]);
  expect(conditionsOf({ ...once, load: 3 })).toEqual([{ atOnce: 4, load: 3 }]);
});

test('more rounds differ in how many runs go on at once, in their order and in the load', () => {
  expect(conditionsOf({ ...once, repeat: 4, load: 2 })).toEqual([
    { atOnce: 4, load: 0 },
    { atOnce: 1, seed: 42, load: 2 },
    { atOnce: 8, seed: 42, load: 0 },
    { atOnce: 4, seed: 42, load: 2 },
  ]);
});

test('six rounds have every crowd with and without load', () => {
  const rounds = conditionsOf({ ...once, repeat: 6, load: 1 });
  const kinds = new Set(rounds.map(({ atOnce, load }) => `${atOnce} ${load}`));
  expect(kinds.size).toBe(6);
});

test('a broker that bears one run at a time is given one', () => {
  const rounds = conditionsOf({ ...once, repeat: 3, oneAtATime: true });
  expect(rounds.map(({ atOnce }) => atOnce)).toEqual([1, 1, 1]);
});

test('a round is told so that it can be had again', () => {
  const rounds = conditionsOf({ ...once, repeat: 2, load: 2 });
  expect(rounds.map((_, index) => describeRound(index, rounds))).toEqual([
    'round 1 of 2: 4 at once, in the order they come',
    'round 2 of 2: 1 at once, shuffled with --seed 42, load 2',
  ]);
});
