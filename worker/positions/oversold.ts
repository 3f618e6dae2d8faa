import type { Decimal } from 'decimal.js';
import { Exact } from '../import/number.ts';
import type { Side } from '../import/transaction.ts';

/** A trade as it stands among all trades of its symbol and currency, in order. */
export interface OrderedTrade {
  readonly symbol: string;
  readonly currency: string;
  readonly date: string;
  readonly side: Side;
  readonly quantity: Decimal;
  readonly line: number;
  /** Whether the import at hand brought it, rather than one before. */
  readonly isNew: boolean;
}

export interface Oversold {
  readonly line: number;
  readonly reason: string;
}

/**
 * Finds the sells of an import that sell more than is held: what is left without them never falls
 * below nothing. A new sell that is dated before an old one, and leaves too little for it, is the
 * one to blame: what was imported before stays.
 *
 * @param trades of all symbols, grouped by symbol and currency, in order within each.
 */
export async function* findOversold(trades: AsyncIterable<OrderedTrade>): AsyncGenerator<Oversold> {
  let group = '';
  let held = new Exact(0);
  let newSells: OrderedTrade[] = [];
  for await (const trade of trades) {
    const key = `${trade.symbol} ${trade.currency}`;
    if (key !== group) [group, held, newSells] = [key, new Exact(0), []];
    if (trade.side === 'buy') {
      held = held.plus(trade.quantity);
      continue;
    }
    if (trade.isNew && trade.quantity.gt(held)) {
      yield {
        line: trade.line,
        reason: `expected to sell at most the ${held.toFixed()} ${trade.symbol} (${trade.currency}) held on ${trade.date}, got ${trade.quantity.toFixed()}`,
      };
      continue;
    }
    held = held.minus(trade.quantity);
    if (trade.isNew) newSells.push(trade);
    while (held.isNegative()) {
      const blamed = newSells.pop();
      if (!blamed) throw new Error(`The stored trades of ${key} sell more than they buy.`);
      held = held.plus(blamed.quantity);
      yield {
        line: blamed.line,
        reason: `expected to leave enough ${trade.symbol} (${trade.currency}) for the ${trade.quantity.toFixed()} sold on ${trade.date} in an earlier import, got ${blamed.quantity.toFixed()} sold before`,
      };
    }
  }
}
