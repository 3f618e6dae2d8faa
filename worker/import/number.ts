import { Decimal } from 'decimal.js';

export type DecimalMark = '.' | ',';

/** Digits before and after the decimal mark that are taken: room for every exact product of two. */
const maxDigits = 18;

const plain = /^[+-]?\d+$/;
const styles = {
  '.': { group: ',', shape: /^[+-]?(?=[.\d])(?:\d+|\d{1,3}(?:,\d{3})+)?(?:\.\d+)?$/ },
  ',': { group: '.', shape: /^[+-]?(?=[,\d])(?:\d+|\d{1,3}(?:\.\d{3})+)?(?:,\d+)?$/ },
} as const;
const spaces = /[\s'’]/gu;

/** Exact arithmetic for quantities and amounts: far more digits than a product of two can have. */
export const Exact = Decimal.clone({
  precision: 120,
  rounding: Decimal.ROUND_HALF_EVEN,
  toExpNeg: -9e15,
  toExpPos: 9e15,
});

/**
 * The decimal mark a number must have been written with, or undefined where both readings are
 * possible: 1,234 may be one thousand or one and a bit.
 */
export function markOf(text: string): DecimalMark | undefined {
  const number = text.trim().replace(spaces, '');
  const marks = [...number.matchAll(/[.,]/g)];
  const last = marks.at(-1);
  if (!last) return undefined;
  const mark = last[0] as DecimalMark;
  const other = mark === '.' ? ',' : '.';
  if (marks.some(([each]) => each === other)) {
    return marks.filter(([each]) => each === mark).length === 1 ? mark : other;
  }
  if (marks.length > 1) return other;
  const [before = '', after = ''] = number.replace(/^[+-]/, '').split(mark);
  const groupOfThousands = /^[1-9]\d{0,2}$/.test(before) && /^\d{3}$/.test(after);
  return groupOfThousands ? undefined : mark;
}

/**
 * Reads a number as written in a file with this decimal mark. Thousands may be grouped by the other
 * mark, a space or an apostrophe.
 * @throws Error with the reason, to be shown beside the line.
 */
export function parseNumber(text: string, mark: DecimalMark | undefined): Decimal {
  const compact = text.trim().replace(spaces, '');
  if (plain.test(compact)) return within(new Exact(compact), text);
  const decimal = mark ?? markOf(compact);
  if (decimal === undefined) {
    if (!/^[+-]?\d+[.,]\d+$/.test(compact)) throw notANumber(text);
    throw new Error(
      `expected a number, got "${text}", which can be read in two ways, and nothing in the file tells which. Write it with another number of decimals`,
    );
  }
  const { group, shape } = styles[decimal];
  if (!shape.test(compact)) throw notANumber(text, decimal);
  return within(new Exact(compact.replaceAll(group, '').replace(decimal, '.')), text);
}

function within(number: Decimal, text: string): Decimal {
  if (number.decimalPlaces() <= maxDigits && number.abs().lt(`1e${maxDigits}`)) return number;
  throw new Error(
    `expected at most ${maxDigits} digits before and after the decimal mark, got "${text}"`,
  );
}

function notANumber(text: string, mark?: DecimalMark): Error {
  const expected = mark === undefined ? 'a number' : `a number with "${mark}" as its decimal mark`;
  return new Error(`expected ${expected}, got "${text}"`);
}
