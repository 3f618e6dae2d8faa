import { fromUnits, places } from '../import/fixed.ts';
import type { BadRow } from '../import/transaction.ts';
import type { Trade } from './position.ts';

/** A trade as it stands among all trades of its instrument, in order. */
export interface OrderedTrade extends Trade {
  readonly date: string;
  readonly line: number;
  /** Whether the import at hand brought it, rather than one before. */
  readonly isNew: boolean;
}

/** What is traded: positions of one symbol in two currencies have nothing to do with each other. */
export interface Instrument {
  readonly symbol: string;
  readonly currency: string;
}

/** One of a portfolio, by the number that its trades are stored under. */
export interface NumberedInstrument extends Instrument {
  readonly instrument: string;
}

/** Trades that are stored sell more than they buy, and no new one is to blame. */
export class StoredOversold extends Error {
  override readonly name = 'StoredOversold';
  /** Such as `ABC (EUR)`. */
  readonly what: string;
  /** Such as `4 sold on 2026-01-03, got 0`. */
  readonly how: string;

  constructor(what: string, how: string) {
    super(`expected enough ${what} for the ${how}`);
    this.what = what;
    this.how = how;
  }
}

/**
 * Finds the sells of an import that sell more than is held: what is left without them never falls
 * below nothing. A new sell that is dated before an old one, and leaves too little for it, is the
 * one to blame: what was imported before stays.
 */
export class OversoldFinder {
  readonly #instrument: Instrument;
  #held: bigint;
  readonly #newSells: Pick<OrderedTrade, 'line' | 'quantity'>[] = [];

  /** @param held before the first trade, in units of 18 places. */
  constructor(instrument: Instrument, held: bigint) {
    this.#instrument = instrument;
    this.#held = held;
  }

  /** Takes the next trade. @returns those that have to go, of which it may be one. */
  add(trade: OrderedTrade): readonly BadRow[] {
    if (trade.side === 'buy') {
      this.#held += trade.quantity;
      return [];
    }
    if (trade.isNew && trade.quantity > this.#held) {
      return [oversold(this.#instrument, trade, this.#held)];
    }
    this.#held -= trade.quantity;
    if (trade.isNew) this.#newSells.push({ line: trade.line, quantity: trade.quantity });
    const blamed: BadRow[] = [];
    while (this.#held < 0n) blamed.push(this.#blame(trade));
    return blamed;
  }

  #blame(trade: OrderedTrade): BadRow {
    const { symbol, currency } = this.#instrument;
    const blamed = this.#newSells.pop();
    if (!blamed) {
      throw new StoredOversold(
        `${symbol} (${currency})`,
        `${shown(trade.quantity)} sold on ${trade.date}, got ${shown(this.#held + trade.quantity)}`,
      );
    }
    this.#held += blamed.quantity;
    return {
      line: blamed.line,
      reason: `expected to leave enough ${symbol} (${currency}) for the ${shown(trade.quantity)} sold on ${trade.date} in an earlier import, got ${shown(blamed.quantity)} sold before`,
    };
  }
}

export function oversold(
  { symbol, currency }: Instrument,
  { date, line, quantity }: Pick<OrderedTrade, 'date' | 'line' | 'quantity'>,
  held: bigint,
): BadRow {
  return {
    line,
    reason: `expected to sell at most the ${shown(held)} ${symbol} (${currency}) held on ${date}, got ${shown(quantity)}`,
  };
}

function shown(quantity: bigint): string {
  return fromUnits(quantity, places);
}
