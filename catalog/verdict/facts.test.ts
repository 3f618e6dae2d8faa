import { expect, test } from 'vitest';
import { factHolds } from './facts.ts';

test.each([
  [0, '= 0', true],
  [1, '= 0', false],
  [1, '!= 0', true],
  [1, '>= 1', true],
  [0, '>= 1', false],
  [999.5, '< 1000', true],
  [1000, '< 1000', false],
  [1000, '<= 1000', true],
  [-1, '> -2', true],
  ['solo', 'solo', true],
  ['prefork', 'solo', false],
  [true, 'true', true],
  [false, 'true', false],
  // A word is not a number, and a number in words is compared as words.
  ['3', '= 3', false],
  [3, '3', true],
])('%j held against "%s": %s', (observed, expected, holds) => {
  expect(factHolds(observed, expected)).toBe(holds);
});
