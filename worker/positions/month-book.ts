import { fromUnits, places, productPlaces, toUnits } from '../import/fixed.ts';
import type { Position, Trade } from './position.ts';

/**
 * The trades of an instrument in one month, as far as they change its position. Days are separated by
 * semicolons: the day of the month, then what happened on it in order, as `b` or `s`, a quantity, a
 * colon and money. Buys that follow each other are one, which costs what they cost together, with
 * fees. Each sale is one of its own, since its share of the cost is rounded; its money is what it
 * brought, less its fees.
 */
export interface BookedMonth {
  /** Its first day, such as 2026-01-01. */
  readonly month: string;
  readonly days: string;
  /** Whether the days come after those that are stored, rather than in their place. */
  readonly isMore: boolean;
}

/** The position before the first trade of a month, of the first month with trades in its quarter. */
export interface Standing {
  readonly month: string;
  readonly position: Position;
  /** The date of the last trade before; empty where there is none. */
  readonly last: string;
}

/** What was followed of an instrument, to be stored beside its trades. */
export interface Booked {
  /** Months that changed; without days where nothing is left of them. */
  readonly months: readonly BookedMonth[];
  readonly standings: readonly Standing[];
}

const quarterOf = (date: string): string =>
  `${date.slice(0, 5)}${Math.ceil(Number(date.slice(5, 7)) / 3)}`;

export const monthOf = (date: string): string => `${date.slice(0, 8)}01`;

/** Books trades while they are followed, in order. */
export class MonthBook {
  readonly #months: BookedMonth[] = [];
  readonly #standings: Standing[] = [];
  #month: string;
  #isMore: boolean;
  #changed = false;
  #days: string[] = [];
  #date = '';
  #last: string;
  #day = '';
  #bought: { quantity: bigint; cost: bigint } | undefined;

  /**
   * @param after the date of the last trade that is booked already. Default: none is.
   * @param last the date of the last trade before those that are booked. Default: `after`.
   */
  constructor(after?: string, last = after ?? '') {
    this.#last = last;
    this.#month = after === undefined ? '' : monthOf(after);
    this.#isMore = after !== undefined;
  }

  /** How many characters of months that are over it holds. */
  size = 0;

  /** Takes the next trade. @param before what was held. */
  add(date: string, trade: Trade, before: Position): void {
    if (date !== this.#date) this.#turnTo(date, before);
    this.#changed = true;
    const { side, quantity, amount, fees } = trade;
    if (side === 'buy') {
      if (this.#bought) {
        this.#bought.quantity += quantity;
        this.#bought.cost += amount + fees;
      } else {
        this.#bought = { quantity, cost: amount + fees };
      }
      return;
    }
    this.#closeBuys();
    this.#day += written('s', quantity, amount - fees);
  }

  /** Takes a day as it was booked before. */
  keepDay(date: string, day: string, before: Position): void {
    this.#turnTo(date, before);
    this.#day = day.slice(dayLength);
  }

  /** Notes that a day that was booked before is gone, or comes anew. */
  dropDay(date: string, before: Position): void {
    this.#openMonth(date, before);
    this.#changed = true;
  }

  /** All that was booked. */
  finish(): Booked {
    this.#closeMonth();
    this.#month = '';
    return { months: this.#months, standings: this.#standings };
  }

  #turnTo(date: string, before: Position): void {
    this.#closeDay();
    this.#openMonth(date, before);
    this.#date = date;
    this.#last = date;
  }

  #openMonth(date: string, before: Position): void {
    if (this.#month.startsWith(date.slice(0, 8))) return;
    this.#closeMonth();
    this.#month = monthOf(date);
    this.#isMore = false;
    if (quarterOf(date) === quarterOf(this.#last)) return;
    this.#standings.push({ month: this.#month, position: before, last: this.#last });
  }

  #closeMonth(): void {
    this.#closeDay();
    if (this.#changed) {
      const days = this.#days.join(';');
      this.size += days.length;
      this.#months.push({ month: this.#month, days, isMore: this.#isMore });
    }
    this.#days = [];
    this.#changed = false;
  }

  #closeDay(): void {
    this.#closeBuys();
    if (this.#day !== '') this.#days.push(this.#date.slice(8) + this.#day);
    this.#day = '';
    this.#date = '';
  }

  #closeBuys(): void {
    if (!this.#bought) return;
    this.#day += written('b', this.#bought.quantity, this.#bought.cost);
    this.#bought = undefined;
  }
}

const dayLength = 2;

function written(side: 'b' | 's', quantity: bigint, money: bigint): string {
  return ` ${side}${fromUnits(quantity, places)}:${fromUnits(money, productPlaces)}`;
}

/** The days of a month as they are stored, each with its date. */
export function daysOf(month: string, days: string): { date: string; day: string }[] {
  return days.split(';').map((day) => ({ date: month.slice(0, 8) + day.slice(0, dayLength), day }));
}

/** What happened on a day. */
export function* tradesOf(day: string): Generator<Trade> {
  for (let start = dayLength + 1; start < day.length;) {
    const next = day.indexOf(' ', start);
    const end = next === -1 ? day.length : next;
    const colon = day.indexOf(':', start);
    yield {
      side: day.charAt(start) === 'b' ? 'buy' : 'sell',
      quantity: toUnits(day.slice(start + 1, colon), places),
      amount: toUnits(day.slice(colon + 1, end), productPlaces),
      fees: 0n,
    };
    start = end + 1;
  }
}
