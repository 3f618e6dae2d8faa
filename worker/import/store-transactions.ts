import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from } from 'pg-copy-streams';
import type { Transaction } from './transaction.ts';

/** Writes the transactions of one import while they are read. */
export interface TransactionStore {
  readonly write: (transaction: Transaction, line: number, instrument: string) => void;
  /** Waits until the database has taken what was written, or nearly. */
  readonly flush: () => Promise<void>;
  /** Until then the connection is busy. */
  readonly end: () => Promise<void>;
  /** Ends it too, and leaves the transaction of the database to be rolled back. */
  readonly abandon: (reason: Error) => Promise<void>;
}

/** Opens a store on a connection with an open transaction. */
export function openStore(
  client: PoolClient,
  portfolio: string,
  importNumber: string,
): TransactionStore {
  const stream = client.query(
    from(
      `copy poolproof.transactions (import_number, portfolio, line, traded_on, traded_at, symbol, side,
         quantity, price, amount, fees, currency, reference, instrument) from stdin`,
    ),
  );
  const over = finished(stream);
  // Told to whoever waits for the end.
  over.catch(() => undefined);
  const start = `${importNumber}\t${escaped(portfolio)}\t`;
  let rows = '';
  const flush = async () => {
    const text = rows;
    rows = '';
    if (text === '' || stream.write(text)) return;
    await Promise.race([once(stream, 'drain'), over]);
  };
  return {
    write: (transaction, line, instrument) => {
      const { date, time, symbol, side, quantity, price, amount, fees, currency, reference } =
        transaction;
      rows += `${start}${line}\t${date}\t${time ?? '\\N'}\t${escaped(symbol)}\t${side}\t${quantity}\t${price}\t${amount ?? '\\N'}\t${fees}\t${currency}\t${reference === null ? '\\N' : escaped(reference)}\t${instrument}\n`;
    },
    flush,
    end: async () => {
      await flush();
      stream.end();
      await over;
    },
    abandon: async (reason) => {
      stream.destroy(reason);
      await over.catch(() => undefined);
    },
  };
}

const special: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
};

/** In the text format of COPY. */
function escaped(text: string): string {
  if (!/[\\\t\n\r]/.test(text)) return text;
  return text.replaceAll(/[\\\t\n\r]/g, (character) => special[character] ?? '');
}
