import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareTrades } from './known-trades.ts';

type Compared = Parameters<typeof compareTrades>[0][number];

/** `buy 1`, then perhaps a time, then perhaps the broker's number. */
function trades(isNew: boolean, ...all: readonly string[]): Compared[] {
  return all.map((text, line) => {
    const [values = '', time = '', reference = ''] = text.split('|');
    return { line, isNew, values, time: time || null, reference: reference || null };
  });
}

const known = (stored: readonly Compared[], fresh: readonly Compared[]) =>
  compareTrades([...stored, ...fresh]).known.toSorted((one, other) => one - other);

test('a stored trade stands for one new trade and no more, whatever their order', () => {
  const some = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 30 });
  fc.assert(
    fc.property(some, some, (before, now) => {
      const count = (list: readonly string[], one: string) =>
        list.filter((each) => each === one).length;
      const expected = ['a', 'b', 'c'].reduce(
        (sum, one) => sum + Math.min(count(before, one), count(now, one)),
        0,
      );
      expect(known(trades(false, ...before), trades(true, ...now))).toHaveLength(expected);
    }),
  );
});

test('times and numbers tell equal trades apart where both have them', () => {
  expect(known(trades(false, 'a|09:00'), trades(true, 'a|10:00', 'a|09:00'))).toEqual([1]);
  expect(known(trades(false, 'a||1'), trades(true, 'a||2', 'a||1'))).toEqual([1]);
  expect(known(trades(false, 'a|09:00|1'), trades(true, 'a'))).toEqual([0]);
  expect(known(trades(false, 'a', 'a||1'), trades(true, 'a||1', 'a||2'))).toEqual([0, 1]);
});

test('a number with other values is a conflict, unless another fill has it', () => {
  const conflicts = (stored: Compared[], fresh: Compared[]) =>
    compareTrades([...stored, ...fresh]).conflicts.lines;
  expect(conflicts(trades(false, 'a||1'), trades(true, 'b||1'))).toEqual([0]);
  expect(conflicts(trades(false, 'a||1'), trades(true, 'a||1', 'b||1'))).toEqual([]);
});
