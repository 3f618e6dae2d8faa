import type { Pool, PoolClient } from 'pg';
import type { Database } from '../database/open.ts';
import { Ledger } from '../positions/ledger.ts';
import type { Instrument } from '../positions/oversold.ts';
import { settlePositions } from '../positions/settle-positions.ts';
import {
  newInstruments,
  readStoredPositions,
  shownPosition,
} from '../positions/stored-positions.ts';
import type { ShownPosition } from '../positions/read-positions.ts';
import { BadFile } from './bad-file.ts';
import { BadRows } from './bad-rows.ts';
import { echo } from './echo.ts';
import type { OnBadRow } from './import-record.ts';
import { openRows, type Content } from './read-rows.ts';
import type { Reading } from './reading.ts';
import { openStore } from './store-transactions.ts';
import type { Row, Transaction } from './transaction.ts';

/** A file that is to be imported, by a connection that holds the portfolio. */
export interface FileImport {
  readonly portfolio: string;
  readonly number: string;
  readonly onBadRow: OnBadRow;
  readonly reading: Reading;
  readonly content: Content;
  /** Called after some hundred rows, with how many there were. */
  readonly onRows: (rows: number) => void;
}

/** What became of the rows of a file. Each row is one of imported, known, left out or bad. */
export interface FileResult {
  readonly rows: number;
  readonly known: number;
  /** Rows that are no trades by their own account, counted by what they are. */
  readonly leftOut: Readonly<Record<string, number>>;
  readonly badRows: BadRows;
  readonly unusedColumns: readonly string[];
  /** Those that changed, by symbol. */
  readonly positions: readonly ShownPosition[];
}

const dayOrders = { 'oldest-first': 'file', 'newest-first': 'reversed' } as const;

/**
 * Stores the transactions of a file, and the positions that follow from them, in the open transaction
 * of a connection.
 * @throws BadFile when the file is rejected: the transaction is to be rolled back.
 */
export async function importFile(
  { pool }: Pick<Database, 'pool'>,
  client: PoolClient,
  file: FileImport,
): Promise<FileResult> {
  const { portfolio, number, reading, onBadRow } = file;
  const badRows = new BadRows();
  const leftOut = new Map<string, number>();
  const ledger = new Ledger();
  const spellings = new Spellings();
  const { unusedColumns, rows: batches } = await openRows(file.content, reading);
  const store = openStore(client, portfolio, number);
  let rows = 0;
  try {
    for await (const batch of batches) {
      rows += batch.length;
      const trades = batch.flatMap((row) => (isTrade(row) ? row : []));
      const unseen = new Set(
        trades.flatMap(({ transaction: { symbol } }) => (spellings.has(symbol) ? [] : symbol)),
      );
      if (unseen.size > 0) {
        spellings.learn(unseen, await readStoredPositions(pool, portfolio, [...unseen]));
      }
      const kept = trades.filter((row) => {
        const reason = spellings.refusal(row.transaction.symbol, row.line);
        if (reason !== undefined) badRows.add({ line: row.line, reason });
        return reason === undefined;
      });
      await openInstruments(pool, ledger, spellings, kept);
      for (const { transaction, line } of kept) {
        store.write(transaction, line, ledger.add(transaction, line));
      }
      for (const row of batch) {
        if ('reason' in row) badRows.add(row);
        else if ('leftOut' in row) count(leftOut, row.leftOut);
      }
      await store.flush();
      file.onRows(rows);
    }
    await store.end();
  } catch (error) {
    await store.abandon(error instanceof Error ? error : new Error(String(error)));
    throw error;
  }
  const { known, positions } = await settlePositions(client, ledger, {
    portfolio,
    importNumber: number,
    known: reading.known,
    order: reading.order && dayOrders[reading.order],
    refuse: (bad) => {
      for (const row of bad.rows) badRows.add(row);
      badRows.addUnseen(bad.lines.length - bad.rows.length);
      if (onBadRow === 'reject') badRows.refuse();
    },
  });
  return {
    rows,
    known,
    leftOut: Object.fromEntries(leftOut),
    badRows,
    unusedColumns,
    positions: positions
      .map(shownPosition)
      .toSorted((one, other) => (one.symbol < other.symbol ? -1 : 1)),
  };
}

/** What is known of each while a file is read has to fit in memory. */
const mostInstruments = 200_000;

/** Exports may have words with names and dates in them, each its own. */
const mostKinds = 30;
const longestKind = 40;

function count(kinds: Map<string, number>, word: string): void {
  const cut = word.slice(0, longestKind).toWellFormed();
  const kind = kinds.has(cut) || kinds.size < mostKinds ? cut : 'other';
  kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
}

interface Trade {
  readonly line: number;
  readonly transaction: Transaction;
}

function isTrade(row: Row): row is Trade {
  return 'transaction' in row;
}

/** Before the first trade of an instrument: its number, and what the portfolio holds of it. */
async function openInstruments(
  pool: Pool,
  ledger: Ledger,
  spellings: Spellings,
  trades: readonly Trade[],
): Promise<void> {
  const fresh = new Map<string, Instrument>();
  for (const { transaction } of trades) {
    const { symbol, currency } = transaction;
    if (ledger.has(symbol, currency)) continue;
    const stored = spellings.stored(symbol, currency);
    if (stored) ledger.open(stored, stored);
    else fresh.set(`${currency} ${symbol}`, { symbol, currency });
  }
  if (fresh.size === 0) return;
  if (ledger.size + fresh.size > mostInstruments) {
    const [line = 1] = trades.slice(-1).map((trade) => trade.line);
    throw new BadFile([
      {
        line,
        reason: `expected at most ${mostInstruments} symbols in one file, got more up to this line. Split the file`,
      },
    ]);
  }
  const numbers = await newInstruments(pool, fresh.size);
  for (const [index, { symbol, currency }] of [...fresh.values()].entries()) {
    ledger.open({ symbol, currency, instrument: numbers[index] ?? '' }, undefined);
  }
}

type Stored = Awaited<ReturnType<typeof readStoredPositions>>[number];

/**
 * The symbols of a portfolio and of a file as they are written. On some exchanges a small letter makes
 * another share of it, and in some exports it is a slip: so two spellings are refused.
 */
class Spellings {
  readonly #seen = new Set<string>();
  readonly #accepted = new Set<string>();
  readonly #first = new Map<string, { readonly symbol: string; line: number | undefined }>();
  readonly #stored = new Map<string, Stored>();

  has(symbol: string): boolean {
    return this.#seen.has(symbol);
  }

  learn(symbols: Iterable<string>, stored: readonly Stored[]): void {
    for (const symbol of symbols) this.#seen.add(symbol);
    for (const each of stored) {
      this.#stored.set(`${each.currency} ${each.symbol}`, each);
      const key = each.symbol.toUpperCase();
      if (!this.#first.has(key)) this.#first.set(key, { symbol: each.symbol, line: undefined });
    }
  }

  stored(symbol: string, currency: string): Stored | undefined {
    return this.#stored.get(`${currency} ${symbol}`);
  }

  /** Why a symbol is refused; undefined where it is not. */
  refusal(symbol: string, line: number): string | undefined {
    if (this.#accepted.has(symbol)) return undefined;
    const key = symbol.toUpperCase();
    const first = this.#first.get(key);
    if (!first) this.#first.set(key, { symbol, line });
    if (!first || first.symbol === symbol) {
      this.#accepted.add(symbol);
      return undefined;
    }
    const where = first.line === undefined ? 'in the portfolio' : `on line ${first.line}`;
    return `symbol: expected one spelling, got ${echo(symbol)} here and ${echo(first.symbol)} ${where}. They may be two shares, or one: write both in the same way if they are one`;
  }
}
