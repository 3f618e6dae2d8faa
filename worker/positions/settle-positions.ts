import type { PoolClient } from 'pg';
import { BadFile } from '../import/bad-file.ts';
import { findKnown, type Overlap } from './known-trades.ts';
import type { DayOrder, Entry, Ledger } from './ledger.ts';
import { Refused } from './oversold.ts';
import type { ReplayStart } from './read-followed.ts';
import { replay, type Replayed } from './replay.ts';
import { startsOf } from './replay-starts.ts';
import { writeBooked, type BookedInstrument } from './stored-months.ts';
import { writePositions, type NewPosition } from './stored-positions.ts';

export interface SettleOptions {
  readonly portfolio: string;
  readonly importNumber: string;
  /** Whether trades that the portfolio has are left out, or taken for new ones that are equal. */
  readonly known: 'skip' | 'import';
  /** What the caller says of the order within a day. */
  readonly order: DayOrder | undefined;
  /** Takes bad rows. @throws where they reject the import whole. */
  readonly refuse: (rows: Refused) => void;
}

export interface Settled {
  /** How many rows of the import the portfolio had already. */
  readonly known: number;
  readonly positions: readonly NewPosition[];
}

/**
 * Brings positions up to date with an import whose transactions are stored, and takes out those that
 * are known or sell more than is held. What came in the order of time costs nothing more; of the rest,
 * the trades are followed again: the new ones where none is dated before a stored one, else the days
 * that have new ones, and what was booked of all days after them.
 */
export async function settlePositions(
  client: PoolClient,
  ledger: Ledger,
  options: SettleOptions,
): Promise<Settled> {
  const { portfolio, importNumber, refuse } = options;
  const dayOrder = options.order ?? ledger.dayOrder;
  // The table has no statistics of what this transaction has written, and a plan that reads all of
  // it takes seconds for a handful of rows.
  await client.query(
    `set local enable_seqscan = off; set local enable_hashjoin = off; set local enable_mergejoin = off;
     set local jit = off; set local work_mem = '64MB'`,
  );
  await client.query('update poolproof.imports set day_order = $2 where number = $1', [
    importNumber,
    dayOrder ?? 'file',
  ]);
  const entries = [...ledger.entries].filter(({ first }) => first !== '');
  const isSettled = (entry: Entry) => entry.inOrder && !(entry.hasTie && dayOrder !== 'file');
  const bad = new Refused();
  for (const entry of entries) if (isSettled(entry)) bad.addAll(entry.oversold);
  const open = entries.filter((entry) => !isSettled(entry));

  const overlaps = new Map<Overlap, Entry>(
    options.known === 'skip'
      ? open.flatMap((entry) =>
          entry.before && entry.first <= entry.before.last
            ? [[{ instrument: entry.instrument, upTo: entry.before.last }, entry]]
            : [],
        )
      : [],
  );
  const found =
    overlaps.size === 0
      ? { known: [], conflicts: new Refused(), firstNew: new Map<Overlap, string>() }
      : await findKnown(client, importNumber, [...overlaps.keys()]);
  await takeOut(client, importNumber, found.known);
  await takeOut(client, importNumber, found.conflicts.lines);
  const backdated = new Set([...found.firstNew.keys()].map((overlap) => overlaps.get(overlap)));

  const isLater = (entry: Entry) =>
    options.known === 'import' ? entry.first > (entry.before?.last ?? '') : !backdated.has(entry);
  const starts = await startsOf(client, importNumber, open, isLater);
  const positions: NewPosition[] = [];
  const booked: BookedInstrument[] = [];
  for (const entry of entries) {
    if (!isSettled(entry) || !entry.kept) continue;
    const { symbol, currency, instrument, position, last, book } = entry;
    const summedTo = book && last;
    positions.push({ symbol, currency, instrument, position, last, summedTo });
    if (book) booked.push({ instrument, ...book.finish(), changedFrom: undefined });
  }
  const take = (replayed: Replayed) => {
    positions.push(replayed);
    if (replayed.booked) booked.push(replayed.booked);
  };
  const again: ReplayStart[] = [];
  if (starts.length > 0) {
    for await (const replayed of replay(client, importNumber, starts)) {
      refuseGuess(replayed, dayOrder);
      bad.addAll(replayed.blamed);
      const start = starts[replayed.index];
      if (replayed.blamed.lines.length === 0) take(replayed);
      else if (start) again.push(start);
    }
  }
  const refused = new Refused();
  refused.addAll(found.conflicts);
  refused.addAll(bad);
  refuse(refused);
  await takeOut(client, importNumber, bad.lines);
  if (again.length > 0) {
    for await (const replayed of replay(client, importNumber, again)) take(replayed);
  }
  await writePositions(client, portfolio, positions);
  await writeBooked(client, booked);
  return { known: found.known.length, positions };
}

/** @throws BadFile where the order of the trades of one day changes the position, and is not known. */
function refuseGuess({ depends, untimed }: Replayed, dayOrder: DayOrder | undefined): void {
  if (dayOrder === undefined && depends !== undefined) {
    throw new BadFile([
      {
        line: depends,
        reason:
          'expected rows from the oldest to the newest or the other way round, got both in the file, and a buy and a sell on one day whose order changes the position. Say order=oldest-first or order=newest-first',
      },
    ]);
  }
  if (untimed !== undefined) {
    throw new BadFile([
      {
        line: untimed,
        reason:
          'expected a time for all trades of a day or for none, got a buy and a sell on one day of which one has a time. Add the time, or leave the times out with ignore=… and the name of their column',
      },
    ]);
  }
}

async function takeOut(
  client: PoolClient,
  importNumber: string,
  lines: readonly number[],
): Promise<void> {
  if (lines.length === 0) return;
  await client.query(
    'delete from poolproof.transactions where import_number = $1 and line = any($2)',
    [importNumber, lines],
  );
}
