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

describe('the values of a hole decide', () => {
  const refused = 'Error {errno} connecting to {host}:{port}.';
  const finished = 'lock of {id} is gone. {command}';
  test.each([
    [refused, { errno: ['111', '61'] }, 'Error 111 connecting to box:1.', true],
    [refused, { errno: ['111', '61'] }, 'Error 61 connecting to box:1.', true],
    [refused, { errno: ['111', '61'] }, 'Error 99 connecting to box:1.', false],
    [refused, { errno: ['-2'] }, 'Error -2 connecting to box:1.', true],
    [refused, { errno: ['2'] }, 'Error -2 connecting to box:1.', false],
    [refused, { host: ['127.0.0.1', '::1'] }, 'Error 5 connecting to ::1:6379.', true],
    [refused, { host: ['127.0.0.1'] }, 'Error 5 connecting to 127.0.0.10:6379.', false],
    [
      refused,
      { errno: ['5'], host: ['b'] },
      'Error 4 connecting to a:1. Error 5 connecting to b:1.',
      true,
    ],
    [
      refused,
      { errno: ['4'], host: ['b'] },
      'Error 4 connecting to a:1. Error 5 connecting to b:1.',
      false,
    ],
    [finished, { command: ['finish'] }, 'lock of 7 is gone. finish', true],
    [finished, { command: ['finish'] }, 'lock of 7 is gone. finish (again)', true],
    [finished, { command: ['finish'] }, 'lock of 7 is gone. finishing', false],
    ['{code} is the code', { code: ['7'] }, 'the code: 17 is the code', false],
    ['{code} is the code', { code: ['7'] }, '17 is the code, 7 is the code', true],
  ])('%j with %j in %j: %s', (template, where, line, expected) => {
    expect(compileTemplate(template, where).matches(line)).toBe(expected);
  });
});

test('the place of a message goes from its first literal to its last', () => {
  expect(compileTemplate('{who} is {how} now').find('so the job is gone now, ok')).toEqual({
    start: 10,
    end: 22,
  });
});

test('only what stands outside of holes counts as literal', () => {
  expect(literalLength('{a} is {b}!')).toBe(5);
});

test('a line that could be matched in very many ways is given up at once', () => {
  const { matches } = compileTemplate(`${'a{x}'.repeat(30)}z`);
  const start = performance.now();
  expect(matches(`z${'a'.repeat(1_000_000)}`)).toBe(false);
  // Trying every way to share a million characters among thirty holes would not end.
  expect(performance.now() - start).toBeLessThan(5_000);
});
