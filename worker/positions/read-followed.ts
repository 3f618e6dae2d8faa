import type { PoolClient } from 'pg';
import { copyOut } from '../database/copy-out.ts';
import type { NumberedInstrument } from './oversold.ts';
import type { Position } from './position.ts';

/** Where the trades of an instrument are to be followed from. */
export interface ReplayStart extends NumberedInstrument {
  /** What is held at first. Default: nothing. */
  readonly from?: Position | undefined;
  /** The trades after this date. Default: all. */
  readonly after?: string | undefined;
  /** The trades from this month on, whose first day it is. Default: all. */
  readonly since?: string | undefined;
  /** The date of the last trade before. Default: there is none. */
  readonly last?: string | undefined;
  /** Up to this date days may be taken from what was booked. Default: none. */
  readonly summedTo?: string | undefined;
  /** Days up to then that are not as they were booked. */
  readonly touched?: ReadonlySet<string> | undefined;
  /** The first day that is not as it was. Default: all may be new. */
  readonly changedFrom?: string | undefined;
  /** Whether what is followed is to be booked. */
  readonly books: boolean;
}

/**
 * What is to be followed of some instruments, in order; each row with the number of its start, from 1,
 * and a date. Either a month as it was booked, in the third column, or a trade in those after it: its
 * line, whether the import brought it, its side, quantity, amount, fees and time.
 */
export function readFollowed(
  client: PoolClient,
  importNumber: string,
  starts: readonly ReplayStart[],
): AsyncGenerator<readonly (readonly (string | null)[])[]> {
  return copyOut(client, followedQuery(importNumber, starts));
}

function followedQuery(importNumber: string, starts: readonly ReplayStart[]): string {
  const numbered = starts.map((start, index) => ({ ...start, number: index + 1 }));
  const wanted = numbered.map(({ number, instrument, after, summedTo }) => [
    number,
    instrument,
    `'${after ?? summedTo ?? '-infinity'}'`,
  ]);
  const booked = numbered.flatMap(({ number, instrument, after, since, summedTo }) =>
    after === undefined && summedTo !== undefined
      ? [[number, instrument, `'${since ?? '-infinity'}'`]]
      : [],
  );
  const anew = numbered.flatMap(({ number, instrument, touched }) =>
    [...(touched ?? [])].map((day) => [number, instrument, `'${day}'`]),
  );
  const trades = (which: readonly (readonly (string | number)[])[], comparison: '>' | '=') => `
    select wanted.number, t.traded_on as day, null as days, t.line,
      t.import_number = ${importNumber} as is_new, t.side, t.quantity,
      coalesce(t.amount, t.quantity * t.price) as amount, t.fees, t.traded_at, t.import_number,
      i.day_order
    from ${listOf(which)} as wanted(number, instrument, day)
    join poolproof.transactions as t
      on t.instrument = wanted.instrument and t.traded_on ${comparison} wanted.day
    join poolproof.imports as i on i.number = t.import_number`;
  const months = `
    select wanted.number, m.month, m.days, null, null, null, null, null, null, null, null, null
    from ${listOf(booked)} as wanted(number, instrument, day)
    join poolproof.trade_months as m on m.instrument = wanted.instrument and m.month >= wanted.day`;
  return `
    select number, day, days, line, is_new, side, quantity, amount, fees, traded_at
    from (${[
      trades(wanted, '>'),
      ...(anew.length > 0 ? [trades(anew, '=')] : []),
      ...(booked.length > 0 ? [months] : []),
    ].join(' union all ')}) as followed
    order by number, day, days is null, traded_at nulls first, day_order <> 'buys-first',
      case when day_order = 'buys-first' then side end, import_number,
      case when day_order = 'reversed' then -line else line end`;
}

function listOf(rows: readonly (readonly (string | number)[])[]): string {
  const column = (at: number, type: string) =>
    `array[${rows.map((row) => row[at]).join(', ')}]::${type}[]`;
  return `unnest(${column(0, 'int')}, ${column(1, 'bigint')}, ${column(2, 'date')})`;
}
