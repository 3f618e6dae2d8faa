import type { PoolClient } from 'pg';
import { places, productPlaces, toUnits } from '../import/fixed.ts';
import { daysOf, MonthBook, monthOf, tradesOf } from './month-book.ts';
import { OversoldFinder, Refused, type OrderedTrade } from './oversold.ts';
import { afterTrade, noPosition, type Position } from './position.ts';
import { readFollowed, type ReplayStart } from './read-followed.ts';
import type { BookedInstrument } from './stored-months.ts';
import type { NewPosition } from './stored-positions.ts';

export interface Replayed extends NewPosition {
  /** Sells of the import that have to go. Where there are any, the position is not worked out. */
  readonly blamed: Refused;
  /** Its place among what was asked for. */
  readonly index: number;
  /** The first new trade whose place among those of its day changes the position. */
  readonly depends: number | undefined;
  /** A new trade on a day of which some trades have a time and others have none. */
  readonly untimed: number | undefined;
  readonly booked: BookedInstrument | undefined;
  /** Whether any trade is left of it. */
  readonly isLeft: boolean;
}

/**
 * Follows the trades of some instruments, in order: by date, then by time, where there is one, then in
 * the order of their imports and their rows. Within a day of an import of an earlier version buys come
 * first. Days that are as they were booked are taken from there.
 */
export async function* replay(
  client: PoolClient,
  importNumber: string,
  starts: readonly ReplayStart[],
): AsyncGenerator<Replayed> {
  let open: Follower | undefined;
  const followed = new Set<number>();
  for await (const rows of readFollowed(client, importNumber, starts)) {
    for (const row of rows) {
      const index = Number(row[0]) - 1;
      if (open?.index !== index) {
        if (open) yield open.result();
        const start: ReplayStart | undefined = starts[index];
        if (!start) throw new Error(`Expected one of ${starts.length} instruments, got ${index}.`);
        open = new Follower(start, index);
        followed.add(index);
      }
      open.add(row);
    }
  }
  if (open) yield open.result();
  // All that is left of them comes before.
  for (const [index, start] of starts.entries()) {
    if (!followed.has(index) && start.last !== undefined) yield new Follower(start, index).result();
  }
}

class Follower {
  readonly index: number;
  readonly #start: ReplayStart;
  readonly #finder: OversoldFinder;
  readonly #blamed = new Refused();
  readonly #book: MonthBook | undefined;
  /** Days of the month at hand as they were booked, the next one last. */
  #booked: { date: string; day: string }[] = [];
  #position: Position;
  #last: string;
  #day: Pick<OrderedTrade, 'date' | 'side' | 'line' | 'isNew'> & { time: string | null };
  #depends: number | undefined;
  #untimed: number | undefined;

  constructor(start: ReplayStart, index: number) {
    this.index = index;
    this.#start = start;
    this.#position = start.from ?? noPosition;
    this.#day = { date: '', side: 'buy', line: 0, isNew: false, time: null };
    this.#finder = new OversoldFinder(start, this.#position.quantity, this.#blamed);
    this.#last = start.last ?? '';
    this.#book = start.books ? new MonthBook(start.after, start.last) : undefined;
  }

  add(row: readonly (string | null)[]): void {
    const [, date, days] = row;
    if (days !== null && days !== undefined) {
      this.#takeBooked('9');
      this.#booked = daysOf(date ?? '', days).toReversed();
      return;
    }
    const [, , , line = '', isNew, side, quantity, amount, fees, time] = row;
    const trade: OrderedTrade = {
      line: Number(line),
      isNew: isNew === 't',
      side: side === 'sell' ? 'sell' : 'buy',
      quantity: toUnits(quantity ?? '', places),
      amount: toUnits(amount ?? '', productPlaces),
      fees: toUnits(fees ?? '', productPlaces),
      date: date ?? '',
    };
    this.#takeBooked(trade.date);
    this.#watchDay(trade, time ?? null);
    this.#finder.add(trade);
    this.#last = trade.date;
    if (this.#blamed.lines.length > 0) return;
    this.#book?.add(trade.date, trade, this.#position);
    this.#position = afterTrade(this.#position, trade);
  }

  result(): Replayed {
    this.#takeBooked('9');
    const { symbol, currency, instrument, after, changedFrom = '0001-01-01' } = this.#start;
    const booked = this.#blamed.lines.length === 0 ? this.#book?.finish() : undefined;
    return {
      index: this.index,
      symbol,
      currency,
      instrument,
      position: this.#position,
      last: this.#last,
      blamed: this.#blamed,
      depends: this.#depends,
      untimed: this.#untimed,
      isLeft: this.#last !== '',
      summedTo: booked && this.#last !== '' ? this.#last : undefined,
      booked: booked && {
        ...booked,
        instrument,
        changedFrom: after === undefined ? monthOf(changedFrom) : undefined,
      },
    };
  }

  /** Follows what was booked before a date, unless it comes anew. */
  #takeBooked(before: string): void {
    for (;;) {
      const next = this.#booked.at(-1);
      if (!next || next.date >= before) {
        // The day itself comes anew.
        if (next?.date === before) this.#booked.pop();
        return;
      }
      this.#booked.pop();
      if (this.#start.touched?.has(next.date)) {
        this.#book?.dropDay(next.date, this.#position);
        continue;
      }
      this.#book?.keepDay(next.date, next.day, this.#position);
      for (const trade of tradesOf(next.day)) {
        this.#finder.add({ ...trade, date: next.date, line: 0, isNew: false });
        if (this.#blamed.lines.length === 0) this.#position = afterTrade(this.#position, trade);
      }
      this.#last = next.date;
    }
  }

  /** A buy and a sell of which one is new: what tells which was first? */
  #watchDay({ isNew, date, side, line }: OrderedTrade, time: string | null): void {
    if (date !== this.#day.date) this.#day = { date, time, side, line, isNew };
    const day = this.#day;
    if (side === day.side || !(isNew || day.isNew)) return;
    const blamed = isNew ? line : day.line;
    if ((time === null) !== (day.time === null)) this.#untimed ??= blamed;
    else if (time === day.time && isNew && day.isNew) this.#depends ??= blamed;
  }
}
