import type { PoolClient } from 'pg';
import { Exact } from '../import/number.ts';
import type { OrderedTrade } from './oversold.ts';
import type { Trade } from './position.ts';

export type StoredTrade = OrderedTrade & Trade;

interface StoredRow {
  symbol: string;
  currency: string;
  date: string;
  side: 'buy' | 'sell';
  quantity: string;
  price: string;
  fees: string;
  line: number;
  isNew: boolean;
}

/** Rows fetched at once. */
const batch = 2000;

/**
 * All trades of a portfolio in the symbols that an import touches, earlier imports' included,
 * grouped by symbol and currency, in order of date within each. Within a day buys come first,
 * because exports list a day in either direction; so positions do not depend on which file was
 * imported first. To be read to the end before the client is used for anything else.
 */
export async function* readStoredTrades(
  client: PoolClient,
  portfolio: string,
  importNumber: string,
): AsyncGenerator<StoredTrade> {
  await client.query(
    `declare trades cursor for
     select symbol, currency, traded_on::text as date, side, quantity, price, fees, line,
       import_number = $2 as "isNew"
     from poolproof.transactions
     where portfolio = $1 and (symbol, currency) in
       (select symbol, currency from poolproof.transactions where import_number = $2)
     order by symbol, currency, traded_on, side, import_number, line`,
    [portfolio, importNumber],
  );
  for (;;) {
    const { rows } = await client.query<StoredRow>(`fetch ${batch} from trades`);
    if (rows.length === 0) break;
    for (const row of rows) {
      yield {
        ...row,
        quantity: new Exact(row.quantity),
        price: new Exact(row.price),
        fees: new Exact(row.fees),
      };
    }
  }
  await client.query('close trades');
}
