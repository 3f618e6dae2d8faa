import type { BadRow } from './transaction.ts';

/** Bad rows kept and shown; more are only counted, so that a file of nothing else fits in memory. */
export const maxBadRowsKept = 100;

/** A file that is rejected whole, with the rows that are to blame. */
export class BadFile extends Error {
  override readonly name = 'BadFile';
  readonly rows: readonly BadRow[];
  /** How many there are in all; `rows` holds the first of them. */
  readonly count: number;

  constructor(rows: readonly BadRow[], count = rows.length) {
    super(describe(rows, count));
    this.rows = rows;
    this.count = count;
  }
}

function describe(rows: readonly BadRow[], count: number): string {
  const shown = rows.slice(0, 5).map(({ line, reason }) => `line ${line}: ${reason}`);
  const more = count - shown.length;
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('\n');
}
