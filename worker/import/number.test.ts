import { describe, expect, test } from 'vitest';
import { markOf, parseNumber, type DecimalMark } from './number.ts';

describe('a number is read exactly', () => {
  test.for<[string, DecimalMark | undefined, string]>([
    ['12', undefined, '12'],
    ['+12', '.', '12'],
    ['-0.5', '.', '-0.5'],
    ['.5', '.', '0.5'],
    [',5', ',', '0.5'],
    ['0.100000000000000055', undefined, '0.100000000000000055'],
    ['1234567.89', '.', '1234567.89'],
    ['1,234,567.89', '.', '1234567.89'],
    ['1.234.567,89', ',', '1234567.89'],
    ['1 234,5', ',', '1234.5'],
    ['1\u00a0234,5', ',', '1234.5'],
    ["1'234.50", '.', '1234.5'],
    ['1’234.50', '.', '1234.5'],
    ['1,234', '.', '1234'],
    ['1,234', ',', '1.234'],
    ['1.234,5', undefined, '1234.5'],
    ['1,234.5', undefined, '1234.5'],
    ['12,5', undefined, '12.5'],
    ['0,123', undefined, '0.123'],
    ['1.234.567', undefined, '1234567'],
  ])('%s with %s for a decimal mark is %s', ([text, mark, value]) => {
    expect(parseNumber(text, mark).toFixed()).toBe(value);
  });
});

describe('a number that is none is refused', () => {
  test.for([
    '',
    '.',
    ',',
    '-',
    'abc',
    '1e5',
    '0x1',
    'NaN',
    'Infinity',
    '1-2',
    '1..2',
    '€5',
    '12,34.5',
  ])('"%s"', (text) => {
    expect(() => parseNumber(text, '.')).toThrow(/^expected a number/);
    expect(() => parseNumber(text, undefined)).toThrow(/^expected a number/);
  });

  test('one whose groups are no thousands', () => {
    expect(() => parseNumber('12,34', '.')).toThrow('"." as its decimal mark, got "12,34"');
  });

  test('one that can be read in two ways', () => {
    expect(() => parseNumber('1,234', undefined)).toThrow('which can be read in two ways');
  });

  test('one with more digits than are kept', () => {
    expect(() => parseNumber('1'.repeat(19), undefined)).toThrow('at most 18 digits');
    expect(() => parseNumber(`0.${'1'.repeat(19)}`, undefined)).toThrow('at most 18 digits');
  });
});

test.for<[string, DecimalMark | undefined]>([
  ['1.5', '.'],
  ['1,5', ','],
  ['1,234', undefined],
  ['1.234', undefined],
  ['0.123', '.'],
  ['1234.567', '.'],
  ['1,234,567', '.'],
  ['12', undefined],
])('%s was written with the decimal mark %s', ([text, mark]) => {
  expect(markOf(text)).toBe(mark);
});
