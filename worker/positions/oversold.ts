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

/** Reasons kept of one import; of more rows only the lines are, so that millions fit in memory. */
const maxReasons = 100;

/** Rows that have to go: all their lines, and the first of them with their reasons. */
export class Refused {
  readonly lines: number[] = [];
  readonly rows: BadRow[] = [];

  /** @param reason asked for if it is kept. */
  add(line: number, reason: () => string): void {
    this.lines.push(line);
    if (this.rows.length < maxReasons) this.rows.push({ line, reason: reason() });
  }

  addAll({ lines, rows }: Refused): void {
    for (const line of lines) this.lines.push(line);
    for (const row of rows) if (this.rows.length < maxReasons) this.rows.push(row);
  }
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

  readonly #refused: Refused;

  /**
   * @param held before the first trade, in units of 18 places.
   * @param refused takes the sells that have to go.
   */
  constructor(instrument: Instrument, held: bigint, refused: Refused) {
    this.#instrument = instrument;
    this.#held = held;
    this.#refused = refused;
  }

  /** Takes the next trade. */
  add(trade: OrderedTrade): void {
    if (trade.side === 'buy') {
      this.#held += trade.quantity;
      return;
    }
    if (trade.isNew && trade.quantity > this.#held) {
      const held = this.#held;
      this.#refused.add(trade.line, () => oversold(this.#instrument, trade, held));
      return;
    }
    this.#held -= trade.quantity;
    if (trade.isNew) this.#newSells.push({ line: trade.line, quantity: trade.quantity });
    while (this.#held < 0n) this.#blame(trade);
  }

  #blame(trade: OrderedTrade): void {
    const { symbol, currency } = this.#instrument;
    const blamed = this.#newSells.pop();
    if (!blamed) {
      throw new StoredOversold(
        `${symbol} (${currency})`,
        `${shown(trade.quantity)} sold on ${trade.date}, got ${shown(this.#held + trade.quantity)}`,
      );
    }
    this.#held += blamed.quantity;
    this.#refused.add(
      blamed.line,
      () =>
        `expected to leave enough ${symbol} (${currency}) for the ${shown(trade.quantity)} sold on ${trade.date} in an earlier import, got ${shown(blamed.quantity)} sold before`,
    );
  }
}

/** Why a sell is refused. */
export function oversold(
  { symbol, currency }: Instrument,
  { date, quantity }: Pick<OrderedTrade, 'date' | 'quantity'>,
  held: bigint,
): string {
  return `expected to sell at most the ${shown(held)} ${symbol} (${currency}) held on ${date}, got ${shown(quantity)}`;
}

function shown(quantity: bigint): string {
  return fromUnits(quantity, places);
}
