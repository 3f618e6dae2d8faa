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

test('a line that could be matched in ever so many ways is given up at once', () => {
  const { matches } = compileTemplate(`${'a{x}'.repeat(30)}z`);
  const start = performance.now();
  expect(matches(`z${'a'.repeat(1_000_000)}`)).toBe(false);
  // Trying every way to share a million characters among thirty holes would not end.
  expect(performance.now() - start).toBeLessThan(5_000);
});
