import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openConventions, type DecimalMark } from './convention.ts';
import { parseNumber } from './number.ts';

function read(text: string, decimal?: DecimalMark): string {
  return parseNumber(text, 2, openConventions({ decimal }).mark);
}

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
    ['1\u202f234\u202f567', undefined, '1234567'],
    ["1'234.50", '.', '1234.50'],
    ['1’234.50', '.', '1234.50'],
    ["1'234.567", undefined, '1234.567'],
    ['1,234', '.', '1234'],
    ['1,234', ',', '1.234'],
    ['1.234,5', undefined, '1234.5'],
    ['1,234.5', undefined, '1234.5'],
    ['12,5', undefined, '12.5'],
    ['0,123', undefined, '0.123'],
    ['1.234.567', undefined, '1234567'],
  ])('%s with %s for a decimal mark is %s', ([text, mark, value]) => {
    expect(read(text, mark)).toBe(value);
  });

  test('in whichever way it is grouped', () => {
    const groupings = [
      [',', '.'],
      ['.', ','],
      [' ', ','],
      ["'", '.'],
      ['\u202f', ','],
    ] as const;
    const digits = fc.bigInt({ min: 0n, max: 10n ** 17n });
    fc.assert(
      fc.property(digits, fc.constantFrom(...groupings), (whole, [group, mark]) => {
        const grouped = whole.toString().replaceAll(/\B(?=(?:\d{3})+$)/g, group);
        expect(read(`${grouped}${mark}25`, mark)).toBe(`${whole}.25`);
      }),
    );
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
    '(5)',
    '5-',
    '5.',
    '12,34.5',
    '1 2',
    '3 4.5',
    '12 34',
    '1 2345',
    '- 5',
    '1 234,567 890',
    "1'234 567",
    '1,234 567',
    '0,123,456',
    '1٣',
  ])('"%s"', (text) => {
    expect(() => read(text, '.')).toThrow(/^expected a number/);
    expect(() => read(text)).toThrow(/^expected a number/);
  });

  test('one with another mark than the file has', () => {
    expect(() => read('12,34', '.')).toThrow('expected "." for the decimal mark, as was asked for');
  });

  test('one that can be read in two ways', () => {
    expect(() => read('1,234')).toThrow('Say it with decimal=. or decimal=,');
  });

  test('one with more digits than are kept', () => {
    expect(() => read('1'.repeat(19))).toThrow('at most 18 digits');
    expect(() => read(`0.${'1'.repeat(19)}`)).toThrow('at most 18 digits');
    expect(() => read('9'.repeat(100_000))).toThrow(/got "9{60}…"$/);
  });
});
