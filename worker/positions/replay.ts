import type { PoolClient } from 'pg';
import { copyOut } from '../database/copy-out.ts';
import { places, productPlaces, toUnits } from '../import/fixed.ts';
import { OversoldFinder, Refused, type NumberedInstrument, type OrderedTrade } from './oversold.ts';
import { afterTrade, noPosition, type Position } from './position.ts';
import type { NewPosition } from './stored-positions.ts';

/** Where the trades of an instrument are to be followed from. */
export interface ReplayStart extends NumberedInstrument {
  /** What is held at first. Default: nothing. */
  readonly from?: Position | undefined;
  /** The trades after this date. Default: all. */
  readonly after?: string | undefined;
}

export interface Replayed extends NewPosition {
  /** Sells of the import that have to go. Where there are any, the position is not worked out. */
  readonly blamed: Refused;
  /** Its place among what was asked for. */
  readonly index: number;
  /** The first new trade whose place among those of its day changes the position. */
  readonly depends: number | undefined;
  /** A new trade on a day of which some trades have a time and others have none. */
  readonly untimed: number | undefined;
}

/**
 * Follows the stored trades of some instruments, in order: by date, then by time, where there is one,
 * then in the order of their imports and their rows. Within a day of an import of an earlier version
 * buys come first.
 */
export async function* replay(
  client: PoolClient,
  importNumber: string,
  starts: readonly ReplayStart[],
): AsyncGenerator<Replayed> {
  let open: Follower | undefined;
  for await (const rows of copyOut(client, tradesQuery(importNumber, starts))) {
    for (const row of rows) {
      const index = Number(row[0]) - 1;
      if (open?.index !== index) {
        if (open) yield open.result();
        const start: ReplayStart | undefined = starts[index];
        if (!start) throw new Error(`Expected one of ${starts.length} instruments, got ${index}.`);
        open = new Follower(start, index);
      }
      open.add(row);
    }
  }
  if (open) yield open.result();
}

class Follower {
  readonly index: number;
  readonly #start: ReplayStart;
  readonly #finder: OversoldFinder;
  readonly #blamed = new Refused();
  #position: Position;
  #last = '';
  #day: Pick<OrderedTrade, 'date' | 'side' | 'line' | 'isNew'> & { time: string | null };
  #depends: number | undefined;
  #untimed: number | undefined;

  constructor(start: ReplayStart, index: number) {
    this.index = index;
    this.#start = start;
    this.#position = start.from ?? noPosition;
    this.#day = { date: '', side: 'buy', line: 0, isNew: false, time: null };
    this.#finder = new OversoldFinder(start, this.#position.quantity, this.#blamed);
  }

  add(row: readonly (string | null)[]): void {
    const [, line = '', isNew, side, quantity, amount, fees, date, time] = row;
    const trade: OrderedTrade = {
      line: Number(line),
      isNew: isNew === 't',
      side: side === 'sell' ? 'sell' : 'buy',
      quantity: toUnits(quantity ?? '', places),
      amount: toUnits(amount ?? '', productPlaces),
      fees: toUnits(fees ?? '', productPlaces),
      date: date ?? '',
    };
    this.#watchDay(trade, time ?? null);
    this.#finder.add(trade);
    this.#last = trade.date;
    if (this.#blamed.lines.length === 0) this.#position = afterTrade(this.#position, trade);
  }

  result(): Replayed {
    const { symbol, currency, instrument } = this.#start;
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
    };
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

function tradesQuery(importNumber: string, starts: readonly ReplayStart[]): string {
  const instruments = starts.map(({ instrument }) => instrument).join(', ');
  const dates = starts.map(({ after }) => `'${after ?? '-infinity'}'`).join(', ');
  return `
    select wanted.number, t.line, t.import_number = ${importNumber}, t.side, t.quantity,
      coalesce(t.amount, t.quantity * t.price), t.fees, t.traded_on, t.traded_at
    from unnest(array[${instruments}]::bigint[], array[${dates}]::date[])
      with ordinality as wanted(instrument, after, number)
    join poolproof.transactions as t
      on t.instrument = wanted.instrument and t.traded_on > wanted.after
    join poolproof.imports as i on i.number = t.import_number
    order by wanted.number, t.traded_on, t.traded_at nulls first, i.day_order <> 'buys-first',
      case when i.day_order = 'buys-first' then t.side end, t.import_number,
      case when i.day_order = 'reversed' then -t.line else t.line end`;
}
