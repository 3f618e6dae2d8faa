import type { Database } from '../database/open.ts';
import type { ShownPosition } from '../positions/read-positions.ts';
import type { Reading } from './reading.ts';
import type { BadRow } from './transaction.ts';

/** What to do about a row that cannot be imported: reject the file whole, or skip the row and list it. */
export const onBadRowChoices = ['reject', 'skip'] as const;
export type OnBadRow = (typeof onBadRowChoices)[number];

/** Where an import is on its way. `waiting` and `running` end by themselves in one of the others. */
type ImportState = 'waiting' | 'running' | 'done' | 'rejected' | 'failed' | 'cancelled' | 'undone';

/** Whether an import is over, for as long as nobody tries it again. */
export function isOver({ state }: Pick<ImportRecord, 'state'>): boolean {
  return state !== 'waiting' && state !== 'running';
}

/** How far an import has come. */
export interface ImportProgress {
  readonly rows: number;
  readonly bytes: number;
  readonly totalBytes: number;
}

/** An import as it is known to everyone who asks. */
export interface ImportRecord {
  readonly id: string;
  readonly portfolio: string;
  readonly onBadRow: OnBadRow;
  readonly state: ImportState;
  /** Tries that failed, or whose process ended; and why the last of them did. */
  readonly attempts: number;
  readonly reason: string | null;
  /** How far it is, while it runs. */
  readonly progress: ImportProgress | null;
  readonly bytes: number;
  /** What the caller said of the file. */
  readonly reading: Partial<Reading>;
  /** Then `imported` is what would have been, and nothing has changed. */
  readonly dryRun: boolean;
  /** Rows of the file, and how many of them became transactions. Null until the import is over. */
  readonly rows: number | null;
  readonly imported: number | null;
  /** Rows that the portfolio had already, from another export. */
  readonly known: number;
  /** Rows that are no trades by their own account, counted by what they are: `cancelled`, `dividend`. */
  readonly leftOut: Readonly<Record<string, number>>;
  /** Columns of the file that nobody read. */
  readonly unusedColumns: readonly string[];
  /** Of a dry run, the positions that would change, as they would be; else null. */
  readonly outlook: readonly ShownPosition[] | null;
  /** The first hundred bad rows. */
  readonly badRows: readonly BadRow[];
  readonly badRowCount: number;
  /** The import that brought the same file before; then this one changed nothing. */
  readonly duplicateOf: string | null;
  readonly createdAt: string;
  readonly finishedAt: string | null;
}

const columns = `
  id, portfolio, on_bad_row as "onBadRow", state, attempts, reason,
  case when state = 'running' then progress end as progress, bytes::float as bytes, reading,
  dry_run as "dryRun", rows, imported, known, left_out as "leftOut",
  unused_columns as "unusedColumns", outlook,
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

/** Which imports are listed. */
export interface ImportFilter {
  readonly portfolio?: string | undefined;
  readonly state?: ImportState | undefined;
  readonly limit: number;
  /** Those alone that were accepted before the import of this id. */
  readonly before?: string | undefined;
}

/** The newest imports first. `next` is the id to go on before, null at the end of the list. */
export async function listImports(
  { pool }: Pick<Database, 'pool'>,
  { portfolio, state, limit, before }: ImportFilter,
): Promise<{ imports: ImportRecord[]; next: string | null }> {
  const found = await pool.query<ImportRecord>(
    `select ${columns} from poolproof.imports
     where ($1::text is null or portfolio = $1) and ($2::text is null or state = $2)
       and ($3::uuid is null
         or number < (select number from poolproof.imports where id = $3))
     order by number desc limit $4`,
    [portfolio, state, before, limit + 1],
  );
  const imports = found.rows.slice(0, limit);
  const isMore = found.rows.length > limit;
  return { imports, next: isMore ? (imports.at(-1)?.id ?? null) : null };
}
