import { parsePrice } from './amount.ts';
import type { CsvRecord } from './csv-records.ts';
import { parseCurrency } from './currency.ts';
import { parseDate, parseTime } from './date.ts';
import { echo } from './echo.ts';
import { isZero, parseFees } from './fees.ts';
import { refuseControls, RowFields, type FileContext } from './row-fields.ts';
import { RowProblem } from './row-problem.ts';
import { refuseUnreadColumns, refuseUnsupported } from './row-refusals.ts';
import type { Side, Transaction } from './transaction.ts';
import { isExecuted, kindOf, unsupportedKind } from './words.ts';

const symbolShape = /^[^\s\p{C}][^\p{C}]{0,31}$/u;
const longestReference = 200;

/**
 * Reads the fields of one row.
 * @returns the trade, or why the row is left out by its own account: `cancelled`, `dividend`.
 * @throws RowProblem with the reason, to be shown beside the line; Undecided; BadFile.
 */
export function parseRow(
  { fields: row, line, suspicious }: CsvRecord,
  context: FileContext,
): Transaction | string {
  if (suspicious) refuseControls(row, context.columns.header);
  const fields = new RowFields(row, line, context);
  try {
    return readRow(fields);
  } catch (error) {
    throw error instanceof RowProblem ? fields.blame(error) : error;
  }
}

function readRow(fields: RowFields): Transaction | string {
  if (fields.has('state')) {
    const state = fields.text('state');
    const executed = isExecuted(state);
    if (executed === undefined) {
      throw new RowProblem(
        `expected the state of an order, such as executed or cancelled, got ${echo(state)}. If the column is something else, leave it out with ignore=…`,
      );
    }
    if (!executed) return state.toLowerCase();
  }
  const kind = fields.context.columns.signedQuantity ? undefined : readKind(fields);
  if (kind === 'cash') return fields.text('side').toLowerCase();
  refuseUnreadColumns(fields);

  const { date, time } = parseDate(
    fields.text('date'),
    fields.line,
    fields.context.conventions.dates,
  );
  const symbol = readSymbol(fields);
  const { quantity, side } = readQuantity(fields, kind);
  const unit = parseCurrency(fields.text('currency'));
  refuseUnsupported(fields);
  const fees = parseFees(fields, unit);
  const { price, amount } = parsePrice(fields, { side, quantity, fees, unit });
  return {
    date,
    time: readTime(fields, date) ?? time ?? null,
    symbol,
    side,
    quantity,
    price,
    amount,
    fees,
    currency: unit.currency,
    reference: readReference(fields),
  };
}

function readKind(fields: RowFields): Side | 'cash' {
  const word = fields.text('side');
  const kind = fields.context.kindOf(word.toLowerCase()) ?? kindOf(word);
  if (kind) return kind;
  const unsupported = unsupportedKind(word);
  throw new RowProblem(
    `expected buy or sell, got ${echo(word)}${unsupported === undefined ? '' : `: ${unsupported} are not supported. Leave the row out`}`,
  );
}

function readSymbol(fields: RowFields): string {
  const symbol = fields.text('symbol').normalize('NFC');
  if (symbolShape.test(symbol)) return symbol;
  throw new RowProblem(`expected 1 to 32 characters that can be seen, got ${echo(symbol)}`);
}

function readQuantity(
  fields: RowFields,
  kind: Side | undefined,
): { readonly quantity: string; readonly side: Side } {
  const number = fields.number('quantity');
  if (isZero(number)) throw new RowProblem('expected more than 0, got 0');
  const negative = number.startsWith('-');
  if (negative && kind === 'buy') {
    throw new RowProblem(`expected no negative number in a buy, got ${echo(number)}`);
  }
  return {
    quantity: negative ? number.slice(1) : number,
    side: kind ?? (negative ? 'sell' : 'buy'),
  };
}

/** In a column of its own, perhaps with the date once more. */
function readTime(fields: RowFields, day: string): string | undefined {
  const text = fields.text('time');
  if (text === '' || fields.context.columns.at.time === fields.context.columns.at.date) {
    return undefined;
  }
  if (!/\d{4}[-/.]|[-/.]\d{4}|^\d{8}/.test(text)) return parseTime(text);
  const { date, time } = parseDate(text, fields.line, fields.context.conventions.dates);
  if (date === day) return time;
  throw new RowProblem(
    `expected a time on ${day} as in the column of the date, got ${echo(text)}. Take the date from this column with map=date=…, or leave it out with ignore=…`,
  );
}

function readReference(fields: RowFields): string | null {
  const reference = fields.text('reference');
  if (reference === '') return null;
  if (reference.length <= longestReference && !/\p{C}/u.test(reference)) return reference;
  throw new RowProblem(
    `expected at most ${longestReference} characters that can be seen, got ${echo(reference)}`,
  );
}
