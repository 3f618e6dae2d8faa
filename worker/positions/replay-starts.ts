import type { PoolClient } from 'pg';
import { copyOut } from '../database/copy-out.ts';
import type { Entry } from './ledger.ts';
import type { NumberedInstrument } from './oversold.ts';
import type { ReplayStart } from './read-followed.ts';
import { forgetBooked, readStandings } from './stored-months.ts';

/** Days of instruments that are told apart: where an import touches more, all is read anew. */
const mostTouched = 200_000;

/** An instrument of which an import has trades among those before. */
export interface Touched extends NumberedInstrument {
  readonly summedTo: string | undefined;
}

/**
 * From where the trades of an import's instruments have to be followed.
 * @param isLater whether all new trades of an instrument come after those before.
 */
export async function startsOf(
  client: PoolClient,
  importNumber: string,
  entries: readonly Entry[],
  isLater: (entry: Entry) => boolean,
): Promise<ReplayStart[]> {
  const touched: Touched[] = [];
  const starts: ReplayStart[] = [];
  for (const entry of entries) {
    const { symbol, currency, instrument, before } = entry;
    if (before?.position && isLater(entry)) {
      const { position: from, last: after } = before;
      const books = before.summedTo === after;
      starts.push({ symbol, currency, instrument, from, after, books });
    } else {
      touched.push({ symbol, currency, instrument, summedTo: before?.summedTo });
    }
  }
  return [...starts, ...(await startsWithout(client, importNumber, touched))];
}

/** From where the trades of instruments have to be followed that an import touches. */
export async function startsWithout(
  client: PoolClient,
  importNumber: string,
  touched: readonly Touched[],
): Promise<ReplayStart[]> {
  const summed = touched.filter(({ summedTo }) => summedTo !== undefined);
  const days = await daysOfImport(client, importNumber, summed);
  if (!days) {
    await forgetBooked(
      client,
      summed.map(({ instrument }) => instrument),
    );
  }
  const firstOf = (instrument: string) => days?.get(instrument)?.[0];
  const standings = await readStandings(
    client,
    summed.flatMap(({ instrument }) => {
      const date = firstOf(instrument);
      return date === undefined ? [] : [{ instrument, date }];
    }),
  );
  return touched.map(({ symbol, currency, instrument, summedTo }) => {
    const start = { symbol, currency, instrument, books: true };
    const all = days?.get(instrument);
    if (!days || summedTo === undefined) return start;
    const standing = standings.get(instrument);
    return {
      ...start,
      from: standing?.position,
      since: standing?.month,
      last: standing?.last,
      summedTo,
      touched: new Set(all?.filter((day) => day <= summedTo)),
      changedFrom: all?.[0] ?? summedTo,
    };
  });
}

/** The days on which an import has trades, of each of some instruments; undefined where they are too many. */
async function daysOfImport(
  client: PoolClient,
  importNumber: string,
  wanted: readonly Touched[],
): Promise<ReadonlyMap<string, readonly string[]> | undefined> {
  const days = new Map<string, string[]>(wanted.map(({ instrument }) => [instrument, []]));
  if (wanted.length === 0) return days;
  let count = 0;
  const query = `select distinct instrument, traded_on from poolproof.transactions
    where import_number = ${importNumber} order by instrument, traded_on`;
  for await (const rows of copyOut(client, query)) {
    for (const [instrument, day] of rows) {
      if (count > mostTouched) continue;
      const all = days.get(instrument ?? '');
      if (!all) continue;
      all.push(day ?? '');
      count++;
    }
  }
  return count > mostTouched ? undefined : days;
}

/** The instruments that an import has trades of. */
export async function touchedBy(client: PoolClient, importNumber: string): Promise<Touched[]> {
  const found = await client.query<NumberedInstrument & { summedTo: string | null }>(
    `select distinct t.symbol, t.currency, t.instrument, p.summed_to::text as "summedTo"
     from poolproof.transactions as t
     left join poolproof.positions as p on p.instrument = t.instrument
     where t.import_number = $1`,
    [importNumber],
  );
  return found.rows.map(({ summedTo, ...instrument }) => ({
    ...instrument,
    summedTo: summedTo ?? undefined,
  }));
}
