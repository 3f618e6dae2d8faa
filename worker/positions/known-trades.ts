import type { PoolClient } from 'pg';
import { copyOut } from '../database/copy-out.ts';
import { BadFile } from '../import/bad-file.ts';
import { echo } from '../import/echo.ts';
import { Refused } from './oversold.ts';

/** A stored trade, as far as it tells whether two are the same. All of one day and instrument. */
interface ComparedTrade {
  readonly line: number;
  readonly isNew: boolean;
  /** Side, quantity, price and fees. */
  readonly values: string;
  readonly time: string | null;
  readonly reference: string | null;
}

interface Compared {
  /** Lines of the import that its portfolio has had before. */
  readonly known: readonly number[];
  /** Rows that carry the number of a stored trade, and say something else. */
  readonly conflicts: Refused;
}

/**
 * Finds out which new trades of one day and instrument are stored ones again, since exports overlap.
 * Two equal rows of one file are two trades; so a stored trade stands for one new trade and no more.
 * A number of the broker's, and a time, tell equal trades apart where both have them.
 */
export function compareTrades(trades: readonly ComparedTrade[]): Compared {
  const stored = trades.filter(({ isNew }) => !isNew);
  const known: number[] = [];
  // The surest first, so that no other takes their place.
  const pairings: ((trade: ComparedTrade) => string | undefined)[] = [
    ({ values, reference, time }) => JSON.stringify([values, reference, time]),
    ({ values, reference }) =>
      reference === null ? undefined : JSON.stringify([values, reference]),
  ];
  let fresh = trades.filter(({ isNew }) => isNew);
  let left: readonly ComparedTrade[] = stored;
  for (const keyOf of pairings) {
    const open = Map.groupBy(left, keyOf);
    fresh = fresh.filter((trade) => {
      const key = keyOf(trade);
      const match = key === undefined ? undefined : open.get(key)?.pop();
      if (match) known.push(trade.line);
      return !match;
    });
    left = [...open.values()].flat();
  }
  const byValues = Map.groupBy(left, ({ values }) => values);
  fresh = fresh.filter((trade) => {
    const candidates = byValues.get(trade.values) ?? [];
    const index = candidates.findLastIndex((before) => mayBeSame(trade, before));
    if (index === -1) return true;
    candidates.splice(index, 1);
    known.push(trade.line);
    return false;
  });
  const conflicts = new Refused();
  const numbers = new Set([...byValues.values()].flat().map(({ reference }) => reference));
  for (const { line, reference } of fresh) {
    if (reference === null || !numbers.has(reference)) continue;
    conflicts.add(
      line,
      () =>
        `expected the trade ${echo(reference)} as it was imported before, got another quantity, price or fee. Undo that import first if the broker has corrected it, or say known=import if it is another one`,
    );
  }
  return { known, conflicts };
}

function mayBeSame(trade: ComparedTrade, before: ComparedTrade): boolean {
  const other = (one: string | null, two: string | null) =>
    one !== null && two !== null && one !== two;
  return !other(trade.reference, before.reference) && !other(trade.time, before.time);
}

/** An instrument whose trades up to a date may be known. */
export interface Overlap {
  readonly instrument: string;
  readonly upTo: string;
}

export interface Overlapped extends Compared {
  /** The first date of a trade of the import that is not known, at most `upTo`, for each overlap. */
  readonly firstNew: ReadonlyMap<Overlap, string>;
}

/** Trades of one instrument on one day that are compared: more do not fit in memory. */
const mostOfOneDay = 200_000;

function tooManyOfOneDay(line: number): BadFile {
  return new BadFile([
    {
      line,
      reason: `expected at most ${mostOfOneDay} trades of one symbol on a day of which the portfolio has trades, got more. Say known=import if all of them are new`,
    },
  ]);
}

/** Compares the trades of an import with those that its portfolio has on the same days. */
export async function findKnown(
  client: PoolClient,
  importNumber: string,
  overlaps: readonly Overlap[],
): Promise<Overlapped> {
  const known: number[] = [];
  const conflicts = new Refused();
  const firstNew = new Map<Overlap, string>();
  let day: { readonly key: string; readonly trades: ComparedTrade[] } | undefined;
  const close = () => {
    if (!day) return;
    const compared = compareTrades(day.trades);
    for (const line of compared.known) known.push(line);
    conflicts.addAll(compared.conflicts);
    const [index, date = ''] = day.key.split(' ');
    const overlap = overlaps[Number(index) - 1];
    const lines = new Set(compared.known);
    const isLeft = day.trades.some(({ isNew, line }) => isNew && !lines.has(line));
    if (overlap && isLeft && !firstNew.has(overlap)) firstNew.set(overlap, date);
  };
  for await (const rows of copyOut(client, daysQuery(importNumber, overlaps))) {
    for (const [index, date, line, isNew, values, time = null, reference = null] of rows) {
      const key = `${index ?? ''} ${date ?? ''}`;
      if (day?.key !== key) {
        close();
        day = { key, trades: [] };
      }
      if (day.trades.length === mostOfOneDay) throw tooManyOfOneDay(Number(line));
      day.trades.push({
        line: Number(line),
        isNew: isNew === 't',
        values: values ?? '',
        time,
        reference,
      });
    }
  }
  close();
  return { known, conflicts, firstNew };
}

function daysQuery(importNumber: string, overlaps: readonly Overlap[]): string {
  const instruments = overlaps.map(({ instrument }) => instrument).join(', ');
  const dates = overlaps.map(({ upTo }) => `'${upTo}'`).join(', ');
  return `
    with days as materialized (
      select distinct overlap.number, n.instrument, n.traded_on
      from unnest(array[${instruments}]::bigint[], array[${dates}]::date[])
        with ordinality as overlap(instrument, up_to, number)
      join poolproof.transactions as n on n.instrument = overlap.instrument
        and n.traded_on <= overlap.up_to and n.import_number = ${importNumber})
    select days.number, t.traded_on, t.line, t.import_number = ${importNumber},
      concat_ws(' ', t.side, trim_scale(t.quantity), trim_scale(t.price), trim_scale(t.fees)),
      t.traded_at, t.reference
    from days join poolproof.transactions as t
      on t.instrument = days.instrument and t.traded_on = days.traded_on
    order by days.number, t.traded_on, t.import_number, t.line`;
}
