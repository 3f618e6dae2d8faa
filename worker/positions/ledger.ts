import type { Transaction } from '../import/transaction.ts';
import { MonthBook } from './month-book.ts';
import { oversold, Refused, type NumberedInstrument } from './oversold.ts';
import { afterTrade, noPosition, tradeOf, type Position, type Trade } from './position.ts';
import type { StoredPosition } from './stored-positions.ts';

/** How the rows of one day follow each other in a file: as they stand there, or the other way round. */
export type DayOrder = 'file' | 'reversed';

/** What one import does to one instrument. */
export interface Entry extends NumberedInstrument {
  /** What was held before; undefined where there is none, or where it is not known exactly. */
  readonly before: StoredPosition | undefined;
  /** What is held after the trades so far, where all of them came in order. */
  position: Position;
  /** Whether they did, and after all that was stored: then nothing has to be read again. */
  inOrder: boolean;
  /** Whether two trades of it have the same date and time. */
  hasTie: boolean;
  /** Dates of the first and last trade in the file, and the time of the last. */
  first: string;
  last: string;
  lastTime: string | null;
  /** Whether any of its trades stays. */
  kept: boolean;
  /** Sells of more than was held, as long as all is in order. */
  readonly oversold: Refused;
  /** Undefined where not all trades before are booked, or too much would have to be kept. */
  book: MonthBook | undefined;
}

/** Characters of months that are over, of all instruments: more is booked when it is read again. */
const mostBooked = 48_000_000;
/** Instruments that are booked at once, for the same reason: memory. */
const mostBookedInstruments = 20_000;

/**
 * Follows the positions of an import while its rows are read. Files are mostly in the order of time,
 * and later than those before: then this is all there is to do.
 */
export class Ledger {
  readonly #entries = new Map<string, Entry>();
  #rises = 0;
  #falls = 0;
  #lastDate = '';
  #lastTime: string | null = null;
  #booked = 0;
  #isFull = false;

  has(symbol: string, currency: string): boolean {
    return this.#entries.has(keyOf(symbol, currency));
  }

  get size(): number {
    return this.#entries.size;
  }

  get entries(): Iterable<Entry> {
    return this.#entries.values();
  }

  /** Before the first trade of an instrument: what the portfolio holds of it. */
  open(
    { symbol, currency, instrument }: NumberedInstrument,
    before: StoredPosition | undefined,
  ): void {
    if (this.#entries.size === mostBookedInstruments) this.#stopBooking();
    this.#entries.set(keyOf(symbol, currency), {
      symbol,
      currency,
      instrument,
      before,
      position: before?.position ?? noPosition,
      inOrder: before === undefined || before.position !== undefined,
      hasTie: false,
      first: '',
      last: before?.last ?? '',
      lastTime: null,
      kept: false,
      oversold: new Refused(),
      book:
        this.#isFull || before?.last !== before?.summedTo ? undefined : new MonthBook(before?.last),
    });
  }

  /** Takes the next trade of the file. @returns the number of its instrument, which is open. */
  add(transaction: Transaction, line: number): string {
    const { date, time, symbol, currency } = transaction;
    this.#watchOrder(date, time);
    const entry = this.#entries.get(keyOf(symbol, currency));
    if (!entry) throw new Error(`Expected ${symbol} ${currency} to be opened first.`);
    if (entry.first === '' || date < entry.first) entry.first = date;
    if (entry.inOrder) this.#follow(entry, transaction, line);
    return entry.instrument;
  }

  #follow(entry: Entry, transaction: Transaction, line: number): void {
    const { date, time } = transaction;
    // A trade on the day of the last stored one may be the same one again.
    const isLater = date > entry.last;
    const isSameDay = date === entry.last && entry.last !== entry.before?.last;
    const isTie =
      isSameDay && (time === entry.lastTime || time === null || entry.lastTime === null);
    if (isTie) entry.hasTie = true;
    // With a time or without: what has none cannot be put between.
    const mixed = isSameDay && (time === null) !== (entry.lastTime === null);
    if (mixed || !(isLater || (isSameDay && (time ?? '') >= (entry.lastTime ?? '')))) {
      entry.inOrder = false;
      entry.book = undefined;
      return;
    }
    entry.last = date;
    entry.lastTime = time;
    const trade = tradeOf(transaction);
    if (trade.side === 'sell' && trade.quantity > entry.position.quantity) {
      const held = entry.position.quantity;
      entry.oversold.add(line, () => oversold(entry, { date, quantity: trade.quantity }, held));
    } else {
      this.#book(entry, trade);
      entry.position = afterTrade(entry.position, trade);
      entry.kept = true;
    }
  }

  #book({ book, last, position }: Entry, trade: Trade): void {
    if (!book) return;
    const before = book.size;
    book.add(last, trade, position);
    this.#booked += book.size - before;
    if (this.#booked > mostBooked) this.#stopBooking();
  }

  #stopBooking(): void {
    this.#isFull = true;
    this.#booked = 0;
    for (const entry of this.#entries.values()) entry.book = undefined;
  }

  /**
   * How the rows of one day follow each other, by those of different days: a file that goes back in
   * time from its first row to its last has its days backwards, too. Undefined where it goes mostly,
   * but not always, back.
   */
  get dayOrder(): DayOrder | undefined {
    if (this.#falls === 0 || this.#falls <= this.#rises) return 'file';
    return this.#rises === 0 ? 'reversed' : this.#falls >= 4 * this.#rises ? undefined : 'file';
  }

  #watchOrder(date: string, time: string | null): void {
    if (this.#lastDate !== '') {
      if (date > this.#lastDate) this.#rises++;
      else if (date < this.#lastDate) this.#falls++;
      else if (time !== null && this.#lastTime !== null) {
        if (time > this.#lastTime) this.#rises++;
        else if (time < this.#lastTime) this.#falls++;
      }
    }
    this.#lastDate = date;
    this.#lastTime = time;
  }
}

function keyOf(symbol: string, currency: string): string {
  return `${currency} ${symbol}`;
}
