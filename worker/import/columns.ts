import { BadFile } from './bad-file.ts';

/** What a file must have, and the names brokers give it. Compared in lower case, without marks. */
const aliases = {
  date: ['date', 'tradedate', 'transactiondate', 'executiondate', 'datum', 'handelsdatum', 'fecha'],
  symbol: ['symbol', 'ticker', 'isin', 'instrument', 'security', 'wertpapier', 'wkn'],
  side: ['side', 'type', 'action', 'buysell', 'transactiontype', 'typ', 'art'],
  quantity: ['quantity', 'qty', 'shares', 'units', 'volume', 'menge', 'anzahl', 'stuck', 'stück'],
  price: ['price', 'unitprice', 'pricepershare', 'rate', 'kurs', 'preis', 'precio'],
  fees: ['fees', 'fee', 'commission', 'commissions', 'costs', 'gebühr', 'gebühren', 'provision'],
  currency: ['currency', 'ccy', 'currencycode', 'währung', 'waehrung', 'divisa'],
} as const;

type Column = keyof typeof aliases;

/** Where each column stands in a row. Fees may be missing: then there are none. */
export type Columns = Readonly<Record<Exclude<Column, 'fees'>, number> & { fees?: number }>;

/**
 * Finds the columns by their header. Others are ignored.
 * @throws BadFile when one is missing or there twice.
 */
export function findColumns(header: readonly string[], line: number): Columns {
  const names = header.map(normalise);
  const found: Partial<Record<Column, number>> = {};
  for (const [column, known] of Object.entries(aliases) as [Column, readonly string[]][]) {
    const places = names.flatMap((name, index) => (known.includes(name) ? index : []));
    const [place, second] = places;
    if (second !== undefined && place !== undefined) {
      throw new BadFile([
        {
          line,
          reason: `expected one column for ${column}, got "${header[place] ?? ''}" and "${header[second] ?? ''}". Remove one`,
        },
      ]);
    }
    if (place !== undefined) found[column] = place;
  }
  const missing = (Object.keys(aliases) as Column[]).filter(
    (column) => column !== 'fees' && found[column] === undefined,
  );
  if (missing.length === 0) return found as Columns;
  throw new BadFile([
    {
      line,
      reason: `expected a header with ${missing.join(', ')} as well, got "${header.join(', ')}"`,
    },
  ]);
}

function normalise(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}
