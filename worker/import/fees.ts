import { BadFile } from './bad-file.ts';
import { parseCurrency, type Unit } from './currency.ts';
import { echo } from './echo.ts';
import { fromUnits, places, toUnits } from './fixed.ts';
import type { RowFields } from './row-fields.ts';
import { RowProblem } from './row-problem.ts';

/**
 * The fees of a row, in its currency.
 * @throws RowProblem where they are in another currency, or more than one reading is left.
 * @throws BadFile where some fees of the file are negative and others positive.
 */
export function parseFees(fields: RowFields, unit: Unit): string {
  const { columns } = fields.context;
  const [only] = columns.fees;
  if (only === undefined) return '0';
  let sum: string | undefined;
  for (const index of columns.fees) {
    const number = fields.numberAt(index, 'fees');
    if (number === undefined || isZero(number)) continue;
    const fee = withoutSign(number, fields);
    if (sum === undefined) sum = fee;
    else if (columns.addFees) {
      sum = fromUnits(toUnits(sum, places) + toUnits(fee, places), places);
    } else {
      throw new RowProblem(
        `expected one column with fees, got several. Add them up with ${columns.fees.map((each) => `map=fees=${columns.header[each] ?? ''}`).join('&')}, or leave some out with ignore=…`,
      );
    }
  }
  return sum === undefined ? '0' : inCurrency(sum, fields, unit);
}

/** In a file that counts money that goes as negative, so are the fees. */
function withoutSign(number: string, { line, context: { feeSigns } }: RowFields): string {
  const negative = number.startsWith('-');
  const sign = negative ? '-' : '+';
  if (feeSigns.known !== undefined && feeSigns.known !== sign) {
    throw new RowProblem(
      `expected a fee, which this export writes with "${feeSigns.known}", got what must be a rebate: ${number}. Rebates are not supported`,
    );
  }
  if (negative) feeSigns.negative ??= line;
  else feeSigns.positive ??= line;
  if (feeSigns.negative !== undefined && feeSigns.positive !== undefined) {
    throw new BadFile([
      {
        line,
        reason: `fees: expected all fees of the file with the same sign, got a positive one on line ${feeSigns.positive} and a negative one on line ${feeSigns.negative}. One of them is a rebate, which is not supported`,
      },
    ]);
  }
  return negative ? number.slice(1) : number;
}

function inCurrency(fees: string, fields: RowFields, unit: Unit): string {
  if (!fields.has('feeCurrency')) {
    if (unit.per === 1) return fees;
    throw new RowProblem(
      `expected a column with the currency of the fees, since prices are in hundredths of ${unit.currency} and nothing tells whether the fees are, too. Write prices in ${unit.currency}`,
    );
  }
  const text = fields.text('feeCurrency');
  const feeUnit = parseCurrency(text);
  if (feeUnit.currency !== unit.currency) {
    throw new RowProblem(
      `expected fees in ${unit.currency} like the trade, got ${echo(text)}. Convert them`,
    );
  }
  return feeUnit.per === 1 ? fees : hundredth(fees);
}

/** @throws RowProblem where there is no room for two more places. */
export function hundredth(number: string): string {
  const units = toUnits(number, places);
  if (units % 100n !== 0n) {
    throw new RowProblem(
      `expected at most ${places - 2} digits after the decimal mark in a price of hundredths, got ${echo(number)}`,
    );
  }
  return fromUnits(units / 100n, places);
}

export function isZero(number: string): boolean {
  return !/[1-9]/.test(number);
}
