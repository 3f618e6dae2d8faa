import type { PoolClient } from 'pg';
import type { Transaction } from './transaction.ts';

export interface NumberedTransaction extends Transaction {
  readonly line: number;
}

/** Writes transactions of one import, in one round trip. */
export async function storeTransactions(
  client: PoolClient,
  portfolio: string,
  importNumber: string,
  transactions: readonly NumberedTransaction[],
): Promise<void> {
  if (transactions.length === 0) return;
  await client.query(
    `insert into poolproof.transactions
       (import_number, portfolio, line, traded_on, symbol, side, quantity, price, fees, currency)
     select $1, $2, * from unnest($3::int[], $4::date[], $5::text[], $6::text[], $7::numeric[],
       $8::numeric[], $9::numeric[], $10::text[])`,
    [
      importNumber,
      portfolio,
      transactions.map(({ line }) => line),
      transactions.map(({ date }) => date),
      transactions.map(({ symbol }) => symbol),
      transactions.map(({ side }) => side),
      transactions.map(({ quantity }) => quantity.toFixed()),
      transactions.map(({ price }) => price.toFixed()),
      transactions.map(({ fees }) => fees.toFixed()),
      transactions.map(({ currency }) => currency),
    ],
  );
}
