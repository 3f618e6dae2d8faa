import type { Database } from '../database/open.ts';
import type { BadRow } from './transaction.ts';

/** What to do about a row that cannot be imported: reject the file whole, or skip the row and list it. */
export const onBadRowChoices = ['reject', 'skip'] as const;
export type OnBadRow = (typeof onBadRowChoices)[number];

/** An import as it is known to everyone who asks. */
export interface ImportRecord {
  readonly id: string;
  readonly portfolio: string;
  readonly onBadRow: OnBadRow;
  readonly state: 'waiting' | 'done' | 'rejected';
  readonly bytes: number;
  /** Rows of the file, and how many of them became transactions. Null until the import is over. */
  readonly rows: number | null;
  readonly imported: number | null;
  /** The first hundred bad rows. */
  readonly badRows: readonly BadRow[];
  readonly badRowCount: number;
  /** The import that brought the same file before; then this one changed nothing. */
  readonly duplicateOf: string | null;
  readonly createdAt: string;
  readonly finishedAt: string | null;
}

const columns = `
  id, portfolio, on_bad_row as "onBadRow", state, bytes::float as bytes, rows, imported,
  bad_rows as "badRows", bad_row_count as "badRowCount", duplicate_of as "duplicateOf",
  to_json(created_at) as "createdAt", to_json(finished_at) as "finishedAt"`;

/** Reads one import; undefined when there is none of this id. */
export async function readImport(
  { pool }: Pick<Database, 'pool'>,
  id: string,
): Promise<ImportRecord | undefined> {
  const found = await pool.query<ImportRecord>(
    `select ${columns} from poolproof.imports where id = $1`,
    [id],
  );
  return found.rows[0];
}

/** The newest imports first, at most `limit` of them. */
export async function listImports(
  { pool }: Pick<Database, 'pool'>,
  limit: number,
): Promise<ImportRecord[]> {
  const found = await pool.query<ImportRecord>(
    `select ${columns} from poolproof.imports order by number desc limit $1`,
    [limit],
  );
  return found.rows;
}

/** Imports that were asked for at least so many seconds ago and that nobody has finished. */
export async function waitingImports(
  { pool }: Pick<Database, 'pool'>,
  olderThanSeconds: number,
): Promise<string[]> {
  const found = await pool.query<{ id: string }>(
    `select id from poolproof.imports
     where state = 'waiting' and created_at <= now() - make_interval(secs => $1) order by number`,
    [olderThanSeconds],
  );
  return found.rows.map(({ id }) => id);
}
