import type { Unit } from './currency.ts';
import { echo } from './echo.ts';
import { hundredth, isZero } from './fees.ts';
import { divideEvenly, fromUnits, places, powerOfTen, productPlaces, toUnits } from './fixed.ts';
import type { RowFields } from './row-fields.ts';
import { RowProblem } from './row-problem.ts';
import type { Side } from './transaction.ts';

interface Priced {
  /** For one unit. */
  readonly price: string;
  /** Without fees; null where it is quantity × price. */
  readonly amount: string | null;
}

interface Trade {
  readonly side: Side;
  readonly quantity: string;
  readonly fees: string;
  readonly unit: Unit;
}

const kinds = ['grossAmount', 'netAmount', 'amount'] as const;
type Kind = (typeof kinds)[number];

/**
 * The price of a row, in its currency: the one that stands there, held against the amount, or else
 * the amount by the quantity.
 * @throws RowProblem where they do not agree, or where more than one reading is left.
 */
export function parsePrice(fields: RowFields, trade: Trade): Priced {
  const price = fields.optionalNumber('price');
  if (price === undefined) return fromAmount(fields, trade);
  if (price.startsWith('-')) {
    throw new RowProblem(`expected no negative number, got ${echo(price)}`);
  }
  for (const kind of kinds) {
    const amount = fields.optionalNumber(kind);
    if (amount !== undefined) compare(fields, kind, amount.replace('-', ''), price, trade);
  }
  refuseRate(fields, true);
  fields.text('price');
  return { price: trade.unit.per === 1 ? price : hundredth(price), amount: null };
}

/** What an amount may differ by, since each number was rounded to the places it is shown with. */
function compare(
  fields: RowFields,
  kind: Kind,
  amount: string,
  price: string,
  { side, quantity, fees, unit }: Trade,
): void {
  const gross = toUnits(quantity, places) * toUnits(price, places);
  const rounding =
    (toUnits(quantity, places) * lastPlace(price) + toUnits(price, places) * fineness(quantity)) /
      2n +
    lastPlace(amount) * powerOfTen(places);
  const scale = BigInt(unit.per);
  const given = toUnits(amount, productPlaces);
  const fee = toUnits(fees, productPlaces) * (side === 'buy' ? 1n : -1n);
  const isNear = (expected: bigint, times: bigint) => {
    const difference = expected - given * times;
    return (difference < 0n ? -difference : difference) <= rounding;
  };
  // In whole units of the currency, or in the hundredths that the price is in.
  const agrees = [...new Set([1n, scale])].some(
    (times) =>
      (kind !== 'netAmount' && isNear(gross, times)) ||
      (kind !== 'grossAmount' && isNear(gross + fee * scale, times)),
  );
  if (agrees) return;
  throw new RowProblem(
    `expected about quantity × price = ${fromUnits(gross, productPlaces)}${isZero(fees) ? '' : `, with or without the fees of ${fees}`}, got ${echo(amount)}. Is the price for a hundred, in another currency or in hundredths? If the column is something else, leave it out with ignore=${header(fields, kind)}`,
  );
}

function fromAmount(fields: RowFields, { side, quantity, fees, unit }: Trade): Priced {
  const [kind, second] = kinds.filter((each) => fields.text(each) !== '');
  if (kind === undefined) {
    fields.text('price');
    throw new RowProblem('expected a price, or an amount to work it out from, got neither');
  }
  if (second !== undefined) {
    throw new RowProblem(
      `expected one amount where there is no price, got two. Leave one out with ignore=${header(fields, second)}`,
    );
  }
  const amount = fields.number(kind).replace('-', '');
  if (unit.per !== 1) {
    throw new RowProblem(
      `expected a price, since nothing tells whether the amount is in ${unit.currency} or in its hundredths`,
    );
  }
  if (kind === 'amount' && !isZero(fees)) {
    throw new RowProblem(
      `expected a price, since nothing tells whether the amount has the fees of ${fees} in it. Say map=grossAmount=${header(fields, kind)} if not, map=netAmount=${header(fields, kind)} if so`,
    );
  }
  refuseRate(fields, false);
  fields.text(kind);
  const fee = kind === 'netAmount' ? toUnits(fees, places) : 0n;
  const gross = toUnits(amount, places) + (side === 'buy' ? -fee : fee);
  if (gross < 0n) {
    throw new RowProblem(
      `expected an amount of more than the fees of ${fees}, got ${echo(amount)}`,
    );
  }
  const units = toUnits(quantity, places);
  const price = divideEvenly(gross * powerOfTen(places), units);
  const exact = price * units === gross * powerOfTen(places);
  return { price: fromUnits(price, places), amount: exact ? null : fromUnits(gross, places) };
}

/** A rate of exchange says that two currencies are about, and not which one the price is in. */
function refuseRate(fields: RowFields, priced: boolean): void {
  const rate = fields.optionalNumber('exchangeRate');
  if (rate === undefined || isZero(rate) || toUnits(rate, places) === powerOfTen(places)) return;
  if (priced && kinds.some((kind) => fields.text(kind) !== '')) return;
  fields.text('exchangeRate');
  throw new RowProblem(
    `expected a price and an amount beside a rate of exchange, since nothing else tells which currency a number is in. Leave the rate out with ignore=${header(fields, 'exchangeRate')} if all are in the currency of the row`,
  );
}

function header(fields: RowFields, field: Kind | 'exchangeRate'): string {
  const { at, header: names } = fields.context.columns;
  return names[at[field]] ?? '';
}

/** One unit of the last place that a number is written with, in units of 18 places. */
function lastPlace(number: string): bigint {
  const point = number.indexOf('.');
  return powerOfTen(places - (point === -1 ? 0 : number.length - point - 1));
}

/** As `lastPlace`, but a whole number of units is one. */
function fineness(quantity: string): bigint {
  return quantity.includes('.') ? lastPlace(quantity) : 0n;
}
