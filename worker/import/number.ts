import type { Convention, DecimalMark } from './convention.ts';
import { echo } from './echo.ts';
import { places } from './fixed.ts';
import { RowProblem } from './row-problem.ts';

/** Nothing to decide, and few enough digits: nearly every number of nearly every file. */
const plain = /^[+-]?\d{1,18}$/;
const pointed = /^[+-]?\d{1,18}\.(?:\d{1,2}|\d{4,18})$/;
/** One group of three after one to three digits: a thousand and more, or a number with three places. */
const ambiguous = /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/;

/** Thousands grouped in threes by one and the same sign, and the decimal mark that then remains. */
const shapes: readonly { readonly mark: DecimalMark; readonly shape: RegExp }[] = [
  {
    mark: '.',
    shape: /^[+-]?(?:\d+|[1-9]\d{0,2}(?:([,'’ \u00a0\u2009\u202f])\d{3})(?:\1\d{3})*)?(?:\.\d+)?$/u,
  },
  {
    mark: ',',
    shape: /^[+-]?(?:\d+|[1-9]\d{0,2}(?:([.'’ \u00a0\u2009\u202f])\d{3})(?:\1\d{3})*)?(?:,\d+)?$/u,
  },
];

/**
 * Reads a number: digits, with a point or a comma for the decimals; thousands may be grouped in
 * threes by the other one, a blank or an apostrophe. Where both marks are possible, the file's
 * convention decides.
 * @returns a plain decimal such as -1234.5, as PostgreSQL reads it.
 * @throws RowProblem, Undecided or BadFile
 */
export function parseNumber(
  text: string,
  line: number,
  convention: Convention<DecimalMark>,
): string {
  if (plain.test(text)) return withoutPlus(text);
  if (pointed.test(text) && convention.reading === '.') return withoutPlus(text);
  const mark = markOf(text, line, convention);
  const digits = text
    .replaceAll(mark === ',' ? '.' : ',', '')
    .replaceAll(/['’ \u00a0\u2009\u202f]/gu, '');
  return within(digits.replace(',', '.'), text);
}

/** The decimal mark of a number that is written with one, or in groups. */
function markOf(
  text: string,
  line: number,
  convention: Convention<DecimalMark>,
): DecimalMark | undefined {
  if (!/\d/.test(text)) throw notANumber(text);
  const possible = shapes.filter(({ shape }) => shape.test(text)).map(({ mark }) => mark);
  if (possible.length === 0) throw notANumber(text);
  if (ambiguous.test(text)) return convention.decide(line, text);
  // In groups by blanks or apostrophes, and without decimals: nothing is to be decided.
  if (!/[.,]/.test(text)) return undefined;
  const [mark] = possible;
  if (mark === undefined || possible.length > 1) throw notANumber(text);
  convention.witness(mark, line, text);
  return mark;
}

function within(number: string, text: string): string {
  const [, whole = '', fraction = ''] = /^[+-]?0*(\d*)(?:\.(\d*))?$/.exec(number) ?? [];
  if (whole.length > places || fraction.length > places) {
    throw new RowProblem(
      `expected at most ${places} digits before and after the decimal mark, got ${echo(text)}`,
    );
  }
  const sign = number.startsWith('-') ? '-' : '';
  return `${sign}${whole === '' ? '0' : whole}${fraction === '' ? '' : `.${fraction}`}`;
}

function withoutPlus(number: string): string {
  return number.startsWith('+') ? number.slice(1) : number;
}

function notANumber(text: string): RowProblem {
  return new RowProblem(`expected a number such as 1234.50, got ${echo(text)}`);
}
