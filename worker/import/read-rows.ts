import { pipeline } from 'node:stream/promises';
import { CsvError, parse, type Info } from 'csv-parse';
import { BadFile } from './bad-file.ts';
import { findColumns, type Columns } from './columns.ts';
import { withFirstLine } from './first-line.ts';
import { markOf, type DecimalMark } from './number.ts';
import { parseRow } from './row.ts';
import type { Row } from './transaction.ts';

/** Rows looked at before the first is read, to learn how the file writes its numbers. */
const sampleSize = 1000;
/** No row is longer, in characters: a quote that is never closed must not swallow the file. */
const longestRow = 64 * 1024;
const delimiters = [',', ';', '\t'] as const;

interface Line {
  readonly line: number;
  readonly fields: readonly string[];
}

/**
 * Reads a CSV file of transactions as it arrives, a row at a time: one transaction or one reason
 * each. UTF-8 with or without a byte order mark; commas, semicolons or tabs, whichever the header
 * has most of; CRLF or LF; quotes. The decimal mark is the one the first thousand rows settle on,
 * and a point where they leave it open in a file with commas between its fields.
 *
 * @throws BadFile when there is no usable header, or where the file is no CSV from some line on.
 */
export async function* readRows(content: AsyncIterable<Uint8Array>): AsyncGenerator<Row> {
  const { firstLine, chunks } = await withFirstLine(content);
  const delimiter = mostFrequent(firstLine);
  const lines = readLines(chunks, delimiter);
  try {
    const header = await lines.next();
    if (header.done) {
      throw new BadFile([{ line: 1, reason: 'expected a header, got an empty file' }]);
    }
    const columns = findColumns(header.value.fields, header.value.line);
    const width = header.value.fields.length;
    const sample = await Array.fromAsync(takeFrom(lines, sampleSize));
    const mark = settleMark(sample, columns) ?? (delimiter === ',' ? '.' : undefined);
    for (const line of sample) yield toRow(line, width, columns, mark);
    for await (const line of lines) yield toRow(line, width, columns, mark);
  } finally {
    await lines.return(undefined);
  }
}

function mostFrequent(line: string): string {
  const count = (delimiter: string) => line.split(delimiter).length;
  return delimiters.reduce((best, next) => (count(next) > count(best) ? next : best));
}

async function* readLines(
  content: AsyncIterable<Uint8Array>,
  delimiter: string,
): AsyncGenerator<Line> {
  const parser = parse({
    bom: true,
    delimiter,
    info: true,
    max_record_size: longestRow,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
  });
  // What goes wrong in the content is thrown by the parser too, to whom it is read.
  pipeline(content, parser).catch(() => undefined);
  let line = 0;
  try {
    for await (const entry of parser) {
      const { record, info } = entry as { record: string[]; info: Info };
      line = info.lines;
      yield { line, fields: record };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // The parser throws while rows before this one may still wait to be read.
    const at: unknown = error.lines;
    const reason = `expected CSV, got something else: ${error.message}`;
    throw new BadFile([{ line: typeof at === 'number' ? at : line + 1, reason }]);
  }
}

async function* takeFrom<T>(source: AsyncIterator<T>, count: number): AsyncGenerator<T> {
  for (let taken = 0; taken < count; taken++) {
    const next = await source.next();
    if (next.done) return;
    yield next.value;
  }
}

/** The mark that the unambiguous numbers have, if they agree. */
function settleMark(lines: readonly Line[], columns: Columns): DecimalMark | undefined {
  const numbers = [columns.quantity, columns.price, columns.fees ?? -1];
  const marks = new Set(
    lines.flatMap(({ fields }) => numbers.map((column) => markOf(fields[column] ?? ''))),
  );
  marks.delete(undefined);
  const [mark] = marks;
  return marks.size === 1 ? mark : undefined;
}

function toRow(
  { line, fields }: Line,
  width: number,
  columns: Columns,
  mark: DecimalMark | undefined,
): Row {
  if (fields.length !== width) {
    return { line, reason: `expected ${width} fields as in the header, got ${fields.length}` };
  }
  try {
    return { line, transaction: parseRow(fields, columns, mark) };
  } catch (error) {
    return { line, reason: error instanceof Error ? error.message : String(error) };
  }
}
