import type { PoolClient } from 'pg';
import type { Database } from '../database/open.ts';
import { findOversold } from '../positions/oversold.ts';
import { readStoredTrades } from '../positions/stored-trades.ts';
import { updatePositions } from '../positions/update-positions.ts';
import { BadFile } from './bad-file.ts';
import { BadRows } from './bad-rows.ts';
import {
  readImport,
  type ImportProgress,
  type ImportRecord,
  type OnBadRow,
} from './import-record.ts';
import { readRows } from './read-rows.ts';
import { storeTransactions, type NumberedTransaction } from './store-transactions.ts';

export type OnProgress = (progress: ImportProgress) => void;

/** Transactions written at once. */
const batch = 1000;

interface Staged {
  readonly id: string;
  readonly number: string;
  readonly portfolio: string;
  readonly onBadRow: OnBadRow;
  readonly bytes: number;
}

/**
 * Imports a staged file in one transaction: all of it, and the positions that follow from it, or
 * nothing. An import that is done stays as it is, so running it again, after a crash or from two
 * sides at once, changes nothing; so does a file that its portfolio has had before. Imports of one
 * portfolio run one after the other.
 *
 * @returns the import as it is afterwards: `done`, or `rejected` with the bad rows.
 * @throws Error when there is no such import, or the database fails: then it may be run again.
 */
export async function runImport(
  database: Database,
  id: string,
  onProgress: OnProgress = () => undefined,
): Promise<ImportRecord> {
  try {
    await database.inTransaction((client) => importOnce(database, client, id, onProgress));
  } catch (error) {
    if (!(error instanceof BadFile)) throw error;
    await database.pool.query(
      `update poolproof.imports set state = 'rejected', bad_rows = $2, bad_row_count = $3,
         finished_at = now()
       where id = $1 and state not in ('done', 'cancelled', 'undone')`,
      [id, JSON.stringify(error.rows), error.count],
    );
  }
  const record = await readImport(database, id);
  if (!record) throw unknownImport(id);
  return record;
}

async function importOnce(
  database: Database,
  client: PoolClient,
  id: string,
  onProgress: OnProgress,
): Promise<void> {
  const staged = await lockPortfolio(client, id);
  if (!staged) return;
  if (await markDuplicate(client, staged)) return;

  const badRows = new BadRows();
  const rows = await storeRows(database, client, staged, badRows, onProgress);
  const oversold = await Array.fromAsync(
    findOversold(readStoredTrades(client, staged.portfolio, staged.number)),
  );
  for (const row of oversold) badRows.add(row);
  if (staged.onBadRow === 'reject') badRows.refuse();
  await client.query(
    `delete from poolproof.transactions where import_number = $1 and line = any($2)`,
    [staged.number, oversold.map(({ line }) => line)],
  );
  await updatePositions(client, staged.portfolio, staged.number);
  await finish(client, id, { rows, badRows });
}

/** Waits for its turn in the portfolio. Undefined when the import is done already. */
async function lockPortfolio(client: PoolClient, id: string): Promise<Staged | undefined> {
  const found = await client.query<{ portfolio: string }>(
    'select portfolio from poolproof.imports where id = $1',
    [id],
  );
  if (!found.rows[0]) throw unknownImport(id);
  await client.query('select pg_advisory_xact_lock(hashtextextended($1, 1))', [
    found.rows[0].portfolio,
  ]);
  const staged = await client.query<Staged>(
    `select id, number, portfolio, on_bad_row as "onBadRow", bytes::float as bytes
     from poolproof.imports where id = $1 and state not in ('done', 'cancelled', 'undone')`,
    [id],
  );
  return staged.rows[0];
}

async function markDuplicate(client: PoolClient, { id }: Staged): Promise<boolean> {
  const marked = await client.query(
    `update poolproof.imports as again
     set state = 'done', rows = first.rows, imported = 0, duplicate_of = first.id,
       bad_rows = '[]', bad_row_count = 0, finished_at = now()
     from poolproof.imports as first
     where again.id = $1 and first.portfolio = again.portfolio and first.sha256 = again.sha256
       and first.state = 'done' and first.duplicate_of is null`,
    [id],
  );
  if (marked.rowCount === 0) return false;
  await dropPieces(client, id);
  return true;
}

/** @returns how many rows the file has. */
async function storeRows(
  database: Database,
  client: PoolClient,
  staged: Staged,
  badRows: BadRows,
  onProgress: OnProgress,
): Promise<number> {
  let rows = 0;
  let bytes = 0;
  let transactions: NumberedTransaction[] = [];
  const store = async () => {
    await storeTransactions(client, staged.portfolio, staged.number, transactions);
    transactions = [];
    onProgress({ rows, bytes, totalBytes: staged.bytes });
  };
  const content = readPieces(database, staged.id, (length) => (bytes += length));
  for await (const row of readRows(content)) {
    rows++;
    if ('reason' in row) badRows.add(row);
    else transactions.push({ ...row.transaction, line: row.line });
    if (transactions.length === batch) await store();
  }
  await store();
  return rows;
}

/** Over a connection of its own: the transaction's is busy with writing. */
async function* readPieces(
  { pool }: Database,
  id: string,
  onRead: (length: number) => void,
): AsyncGenerator<Buffer> {
  for (let piece = 0; ; piece++) {
    const found = await pool.query<{ content: Buffer }>(
      'select content from poolproof.import_pieces where import_id = $1 and piece = $2',
      [id, piece],
    );
    const [row] = found.rows;
    if (!row) return;
    onRead(row.content.length);
    yield row.content;
  }
}

async function finish(
  client: PoolClient,
  id: string,
  { rows, badRows }: { rows: number; badRows: BadRows },
): Promise<void> {
  await client.query(
    `update poolproof.imports set state = 'done', rows = $2, imported = $3, bad_rows = $4,
       bad_row_count = $5, finished_at = now()
     where id = $1`,
    [id, rows, rows - badRows.count, JSON.stringify(badRows.rows), badRows.count],
  );
  await dropPieces(client, id);
}

async function dropPieces(client: PoolClient, id: string): Promise<void> {
  await client.query('delete from poolproof.import_pieces where import_id = $1', [id]);
}

function unknownImport(id: string): Error {
  return new Error(`There is no import ${id} in this database. Is DATABASE_URL the right one?`);
}
