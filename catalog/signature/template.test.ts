import { describe, expect, test } from 'vitest';
import { compileTemplate, literalLength } from './template.ts';

describe('a template matches', () => {
  test.each([
    ['job stalled', 'job stalled more than allowed'],
    ['Missing lock for job {id}. {command}', '[x] Missing lock for job 12. moveToFinished'],
    ['WinError 5] {message}', 'PermissionError: [WinError 5] Zugriff verweigert'],
    ['{count} stalled', '3 stalled'],
    ['a{x}b{y}c', 'abbbc'],
    ['{a}{b}x', '12x'],
    ['{"id": {id}}', 'got {"id": 7}'],
  ])('%j in %j', (template, line) => {
    expect(compileTemplate(template).matches(line)).toBe(true);
  });
});

describe('a template does not match', () => {
  test.each([
    ['job stalled', 'job  stalled'],
    ['Missing lock for job {id}. {command}', 'Missing lock for job 12.'],
    ['Missing lock for job {id}. {command}', 'Missing lock for job . x'],
    ['WinError 5] {message}', 'PermissionError: [WinError 5] '],
    ['{count} stalled', ' stalled'],
    ['a{x}b{y}c', 'abc'],
    ['a{x}c', 'c a'],
    ['{a}{b}x', '1x'],
  ])('%j in %j', (template, line) => {
    expect(compileTemplate(template).matches(line)).toBe(false);
  });
});

test('only what stands outside of holes counts as literal', () => {
  expect(literalLength('{a} is {b}!')).toBe(5);
});

test('a line made to be matched in ever new ways takes no longer than its length asks for', () => {
  const { matches } = compileTemplate('a{1}'.replace('1', 'x').repeat(30) + 'z');
  const cost = (length: number) => {
    const line = 'a'.repeat(length);
    const start = performance.now();
    for (let round = 0; round < 20; round += 1) matches(`${line} z `.slice(0, -2));
    return performance.now() - start;
  };
  cost(10_000);
  // A backtracking matcher would not come back from this line at all.
  expect(cost(1_000_000)).toBeLessThan(5_000);
});
