import type { Columns } from './columns.ts';
import { parseDate } from './date.ts';
import { Exact, parseNumber, type DecimalMark } from './number.ts';
import type { Side, Transaction } from './transaction.ts';

const sides: Readonly<Record<string, Side>> = {
  ...Object.fromEntries(
    ['buy', 'b', 'bought', 'purchase', 'kauf', 'kaufen', 'achat', 'compra'].map((word) => [
      word,
      'buy',
    ]),
  ),
  ...Object.fromEntries(
    ['sell', 's', 'sold', 'sale', 'verkauf', 'verkaufen', 'vente', 'venta'].map((word) => [
      word,
      'sell',
    ]),
  ),
};

/**
 * Reads the fields of one row.
 * @throws Error with the reason, to be shown beside the line.
 */
export function parseRow(
  fields: readonly string[],
  columns: Columns,
  mark: DecimalMark | undefined,
): Transaction {
  const field = (index: number | undefined) => fields[index ?? -1]?.trim() ?? '';
  const number = (name: string, text: string) =>
    named(name, () => {
      const value = parseNumber(text, mark);
      if (value.isNegative()) throw new Error(`expected no negative number, got "${text}"`);
      return value;
    });
  const date = named('date', () => parseDate(field(columns.date)));
  const symbol = field(columns.symbol).toUpperCase();
  if (!/^[^\s\p{C}](?:[^\p{C}]{0,31})$/u.test(symbol)) {
    throw new Error(`symbol: expected 1 to 32 characters, got "${symbol}"`);
  }
  const side = sides[field(columns.side).toLowerCase()];
  if (!side) throw new Error(`side: expected buy or sell, got "${field(columns.side)}"`);
  const quantity = number('quantity', field(columns.quantity));
  if (quantity.isZero()) throw new Error('quantity: expected more than 0, got 0');
  const fees = field(columns.fees);
  const currency = field(columns.currency).toUpperCase();
  if (!/^[A-Z]{3}$/.test(currency)) {
    throw new Error(`currency: expected three letters such as EUR, got "${currency}"`);
  }
  return {
    date,
    symbol,
    side,
    quantity,
    price: number('price', field(columns.price)),
    fees: fees === '' ? new Exact(0) : number('fees', fees),
    currency,
  };
}

function named<T>(column: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new Error(`${column}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
