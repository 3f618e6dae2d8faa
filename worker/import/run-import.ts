import type { PoolClient } from 'pg';
import type { Database } from '../database/open.ts';
import { BadFile } from './bad-file.ts';
import { importFile, type FileResult } from './import-file.ts';
import {
  readImport,
  type ImportProgress,
  type ImportRecord,
  type OnBadRow,
} from './import-record.ts';
import { readingFrom, type Reading } from './reading.ts';

export type OnProgress = (progress: ImportProgress) => void;

/** Positions that a dry run shows. */
const longestOutlook = 1000;

interface Staged {
  readonly id: string;
  readonly number: string;
  readonly portfolio: string;
  readonly onBadRow: OnBadRow;
  readonly bytes: number;
  readonly reading: Reading;
}

/**
 * Imports a staged file in one transaction: all of it, and the positions that follow from it, or
 * nothing. An import that is done stays as it is, so running it again, after a crash or from two
 * sides at once, changes nothing; so does a file that its portfolio has had before. Imports of one
 * portfolio run one after the other. A dry run finds out what would happen, and changes nothing.
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

  let bytes = 0;
  const { reading, portfolio, number, onBadRow } = staged;
  if (reading.dryRun) await client.query('savepoint before');
  const result = await importFile(database, client, {
    portfolio,
    number,
    onBadRow,
    reading,
    content: () => {
      bytes = 0;
      return readPieces(database, id, (length) => (bytes += length));
    },
    onRows: (rows) => {
      onProgress({ rows, bytes, totalBytes: staged.bytes });
    },
  });
  if (reading.dryRun) await client.query('rollback to savepoint before');
  await finish(client, id, result, reading);
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
  const staged = await client.query<Omit<Staged, 'reading'> & { reading: unknown }>(
    `select id, number, portfolio, on_bad_row as "onBadRow", bytes::float as bytes, reading
     from poolproof.imports where id = $1 and state not in ('done', 'cancelled', 'undone')`,
    [id],
  );
  const [row] = staged.rows;
  return row && { ...row, reading: readingFrom(row.reading) };
}

async function markDuplicate(client: PoolClient, { id }: Staged): Promise<boolean> {
  const marked = await client.query(
    `update poolproof.imports as again
     set state = 'done', rows = first.rows, imported = 0, duplicate_of = first.id,
       bad_rows = '[]', bad_row_count = 0, finished_at = now()
     from poolproof.imports as first
     where again.id = $1 and first.portfolio = again.portfolio and first.sha256 = again.sha256
       and first.state = 'done' and first.duplicate_of is null and not first.dry_run`,
    [id],
  );
  if (marked.rowCount === 0) return false;
  await dropPieces(client, id);
  return true;
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
  { rows, known, leftOut, badRows, unusedColumns, positions }: FileResult,
  { dryRun }: Reading,
): Promise<void> {
  const others = Object.values(leftOut).reduce((sum, count) => sum + count, 0);
  await client.query(
    `update poolproof.imports set state = 'done', rows = $2, imported = $3, bad_rows = $4,
       bad_row_count = $5, known = $6, left_out = $7, unused_columns = $8, outlook = $9,
       finished_at = now()
     where id = $1`,
    [
      id,
      rows,
      rows - badRows.count - known - others,
      JSON.stringify(badRows.rows),
      badRows.count,
      known,
      JSON.stringify(leftOut),
      JSON.stringify(unusedColumns),
      dryRun ? JSON.stringify(positions.slice(0, longestOutlook)) : null,
    ],
  );
  await dropPieces(client, id);
}

async function dropPieces(client: PoolClient, id: string): Promise<void> {
  await client.query('delete from poolproof.import_pieces where import_id = $1', [id]);
}

function unknownImport(id: string): Error {
  return new Error(`There is no import ${id} in this database. Is DATABASE_URL the right one?`);
}
