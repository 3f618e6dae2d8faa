import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { BadFile } from './bad-file.ts';

/** No row is longer, in characters: a quote that is never closed must not swallow the file. */
const longestRow = 64 * 1024;
/** Characters parsed at once: few at first, then some hundred rows, whatever their length. */
const smallestBlock = 1024;
const largestBlock = 32 * 1024;
const rowsOfBlock = 500;

const controls = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F]/;

export interface CsvRecord {
  /** Where the row begins, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
  /** Whether the row, or one nearby, has a character that no text has. */
  readonly suspicious: boolean;
}

/**
 * The rows of CSV as it arrives, some hundreds at once; empty lines are left out.
 * @throws BadFile from the row on where it is no CSV.
 */
export async function* readRecords(
  text: AsyncIterable<string>,
  delimiterOf: (start: string) => string,
): AsyncGenerator<readonly CsvRecord[]> {
  let delimiter: string | undefined;
  let pending = '';
  let line = 1;
  let blockSize = smallestBlock;
  let carriageReturns: boolean | undefined;
  const parseBlock = (block: string): readonly CsvRecord[] => {
    delimiter ??= delimiterOf(block);
    const records = parseRows(block, delimiter, line);
    const newlines = newlinesIn(block);
    line += newlines;
    const wanted = (block.length / Math.max(newlines, 1)) * rowsOfBlock;
    blockSize = Math.min(Math.max(Math.ceil(wanted), smallestBlock), largestBlock);
    return records;
  };
  for await (const arrived of text) {
    pending += arrived;
    // Old files of Macs, and Excel's on request, have nothing but carriage returns.
    carriageReturns ??= /\r[^\n]/.test(pending) && !pending.includes('\n') ? true : undefined;
    if (carriageReturns) pending = pending.replaceAll('\r', '\n');
    while (pending.length >= blockSize) {
      const end = endOfRows(pending, blockSize);
      if (end === 0) {
        if (pending.length < longestRow) break;
        throw tooLong(pending, line);
      }
      yield parseBlock(pending.slice(0, end));
      pending = pending.slice(end);
    }
  }
  if (pending !== '') yield parseBlock(pending);
}

/**
 * Where the last row ends of those that begin before `limit`; 0 when the first goes on beyond the
 * text. A line end between quotes ends no row.
 */
function endOfRows(text: string, limit: number): number {
  let end = 0;
  let from = 0;
  for (;;) {
    const quote = text.indexOf('"', from);
    const outside = text.slice(from, quote === -1 ? text.length : quote);
    const last = from < limit ? outside.lastIndexOf('\n', limit - from - 1) : -1;
    const newline = last === -1 && end === 0 ? outside.indexOf('\n') : last;
    if (newline !== -1) end = from + newline + 1;
    if (quote === -1 || (end > 0 && quote >= limit)) return end;
    const closing = text.indexOf('"', quote + 1);
    if (closing === -1) return end;
    from = closing + 1;
  }
}

function parseRows(block: string, delimiter: string, line: number): readonly CsvRecord[] {
  const records: CsvRecord[] = [];
  let last = 0;
  const suspicious = controls.test(block);
  // Without the positions, which cost half of the time, a row is at the line after the one before.
  const plain = !block.includes('"') && !/^\r?\n|\n\r?\n/.test(block);
  const options = {
    delimiter,
    max_record_size: longestRow,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
  };
  try {
    if (plain) {
      return parse(block, options).map((fields, index) => ({
        line: line + index,
        fields,
        suspicious,
      }));
    }
    parse(block, {
      ...options,
      on_record: (fields: string[], { lines }) => {
        const start = lines - fields.reduce((sum, field) => sum + newlinesIn(field), 0);
        records.push({ line: line + start - 1, fields, suspicious });
        last = lines;
        return null;
      },
    });
    return records;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const start = firstLineOfContent(block, last);
    throw new BadFile([
      {
        line: line + start,
        reason: `expected CSV, got a row that begins on this line and ${problemOf(error)}`,
      },
    ]);
  }
}

const problems: Readonly<Partial<Record<string, string>>> = {
  CSV_MAX_RECORD_SIZE: `has more than ${longestRow} characters. Is a quote not closed?`,
  CSV_QUOTE_NOT_CLOSED:
    'has a quote that is never closed. Close it, or write a quote within a field twice',
  CSV_INVALID_CLOSING_QUOTE: 'has text after a closing quote. Write a quote within a field twice',
  CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE:
    'has text after a closing quote. Write a quote within a field twice',
  INVALID_OPENING_QUOTE:
    'has a quote within a field that does not begin with one. Put the field in quotes, and write its quotes twice',
};

function problemOf({ code, message }: CsvError): string {
  return problems[code] ?? `cannot be read: ${message}`;
}

/** The first line after so many that is not empty, counted from 0. */
function firstLineOfContent(block: string, after: number): number {
  const lines = block.split(/\r?\n/);
  const found = lines.findIndex((text, index) => index >= after && text.trim() !== '');
  return found === -1 ? after : found;
}

function tooLong(pending: string, line: number): BadFile {
  const quote = pending.indexOf('"');
  const reason =
    quote === -1
      ? `expected rows of at most ${longestRow} characters, got a longer one`
      : 'expected CSV, got a row that begins on this line and has a quote that is never closed. Close it, or write a quote within a field twice';
  return new BadFile([{ line, reason }]);
}

function newlinesIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
