import { BadFile } from './bad-file.ts';
import { openConventions, Undecided, type Conventions } from './convention.ts';
import { readRecords, type CsvRecord } from './csv-records.ts';
import { parseDate } from './date.ts';
import { decodeText } from './encoding.ts';
import { findHeader } from './header.ts';
import { parseNumber } from './number.ts';
import type { Reading } from './reading.ts';
import type { FileContext } from './row-fields.ts';
import { RowProblem } from './row-problem.ts';
import { parseRow } from './row.ts';
import type { Row } from './transaction.ts';

const delimiters = [',', ';', '\t'] as const;

/** The content of a file from its start, as often as it is asked for. */
export type Content = () => AsyncIterable<Uint8Array>;

export interface OpenFile {
  /** Columns that nobody reads, as the file calls them. */
  readonly unusedColumns: readonly string[];
  /** Some hundred rows at once, in the order of the file. */
  readonly rows: AsyncGenerator<readonly Row[]>;
}

/**
 * Reads a CSV file of transactions as it arrives: one trade, or one reason why there is none, for
 * each row. Commas, semicolons or tabs, whichever the header has most of; CRLF or LF; quotes. Where a
 * number or a date can be read in two ways, the first value of the file that cannot is followed,
 * wherever in the file it stands; where there is none, the row is bad.
 *
 * @throws BadFile when there is no usable header, from the row on where it is no CSV, or when the file
 * contradicts itself.
 */
export async function openRows(content: Content, reading: Reading): Promise<OpenFile> {
  const records = recordsOf(content, reading);
  const first = await records.next();
  const header = first.done ? undefined : findHeader(first.value, reading);
  if (first.done || !header) {
    throw new BadFile([{ line: 1, reason: 'expected a header, got an empty file' }]);
  }
  const conventions = openConventions(header.said);
  const context = { ...header.context, conventions, feeSigns: { known: header.feeSign } };
  return {
    unusedColumns: header.context.columns.unused.map(
      (index) => header.context.columns.header[index] ?? '',
    ),
    rows: readAll(),
  };

  async function* readAll(): AsyncGenerator<readonly Row[]> {
    let surveyed = false;
    try {
      for (
        let next: IteratorResult<readonly CsvRecord[]> = first;
        !next.done;
        next = await records.next()
      ) {
        const rows: Row[] = [];
        for (const record of next.value) {
          if (record.line <= (header?.line ?? 0) || isBlank(record) || header?.isFooter(record))
            continue;
          let row = toRow(record, context);
          if (row instanceof Undecided && !surveyed) {
            surveyed = true;
            await survey(recordsOf(content, reading), context, header?.line ?? 0);
            row = toRow(record, context);
          }
          rows.push(row instanceof RowProblem ? badRow(record, row) : row);
        }
        yield rows;
      }
    } finally {
      await records.return(undefined);
    }
  }
}

function recordsOf(content: Content, { encoding }: Reading): AsyncGenerator<readonly CsvRecord[]> {
  return readRecords(decodeText(content(), encoding), mostFrequent);
}

function mostFrequent(start: string): string {
  const firstLine = start.trimStart().split(/\r?\n/, 1)[0] ?? '';
  const count = (delimiter: string) => firstLine.split(delimiter).length;
  return delimiters.reduce((best, next) => (count(next) > count(best) ? next : best));
}

/** As spreadsheets write the empty rows below a table. */
function isBlank({ fields }: CsvRecord): boolean {
  return fields[0] === '' && fields.every((field) => field === '');
}

/** Looks through the whole file for a value that shows how it writes numbers and dates. */
async function survey(
  records: AsyncIterable<readonly CsvRecord[]>,
  { columns, conventions }: FileContext,
  headerLine: number,
): Promise<void> {
  const numbers = [
    ...(
      ['quantity', 'price', 'amount', 'grossAmount', 'netAmount', 'tax', 'exchangeRate'] as const
    ).map((field) => columns.at[field]),
    ...columns.fees,
  ].filter((index) => index !== -1);
  // Of their own, since the first witness of each decides, and contradictions are found on the way.
  const seen: Conventions = conventions;
  for await (const batch of records) {
    for (const { line, fields } of batch) {
      if (line <= headerLine) continue;
      const look = (read: () => unknown) => {
        try {
          read();
        } catch (error) {
          if (!(error instanceof RowProblem || error instanceof BadFile)) throw error;
        }
      };
      if (seen.mark.reading === undefined) {
        for (const index of numbers) look(() => parseNumber(fields[index] ?? '', line, seen.mark));
      }
      if (seen.dates.reading === undefined) {
        look(() => parseDate(fields[columns.at.date] ?? '', line, seen.dates));
      }
    }
    if (seen.mark.reading !== undefined && seen.dates.reading !== undefined) return;
  }
}

function toRow(record: CsvRecord, context: FileContext): Row | RowProblem {
  const { line, fields } = record;
  const width = context.columns.header.length;
  if (fields.length !== width) {
    return { line, reason: `expected ${width} fields as in the header, got ${fields.length}` };
  }
  try {
    const read = parseRow(record, context);
    return typeof read === 'string' ? { line, leftOut: read } : { line, transaction: read };
  } catch (error) {
    if (error instanceof RowProblem) return error;
    throw error;
  }
}

function badRow({ line }: CsvRecord, { message, column }: RowProblem): Row {
  return { line, ...(column === undefined ? {} : { column }), reason: message };
}
