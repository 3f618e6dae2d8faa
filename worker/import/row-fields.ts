import type { Columns } from './columns.ts';
import type { Conventions } from './convention.ts';
import { echo } from './echo.ts';
import type { FieldName } from './fields.ts';
import { parseNumber } from './number.ts';
import { RowProblem } from './row-problem.ts';
import type { Side } from './transaction.ts';

/** Everything that is known of a file while its rows are read. */
export interface FileContext {
  readonly columns: Columns;
  readonly conventions: Conventions;
  readonly feeSigns: FeeSigns;
  /** What the file's own word for a row means, in lower case; it comes before the common ones. */
  readonly kindOf: (word: string) => Side | 'cash' | undefined;
  /** What every row has that the file has no column for. */
  readonly constants: Readonly<Partial<Record<FieldName, string>>>;
  /** A currency sign that is known to stand before the file's numbers. */
  readonly sign: string | undefined;
}

/** Which signs the fees of a file have had, and where first. */
interface FeeSigns {
  /** The sign of a fee, where it is known beforehand: the other one is a rebate. */
  readonly known?: '-' | '+' | undefined;
  negative?: number;
  positive?: number;
}

/** The fields of one row, by what they are; it remembers the last one that was asked for. */
export class RowFields {
  readonly line: number;
  readonly context: FileContext;
  readonly #row: readonly string[];
  #last: FieldName | undefined;
  #lastIndex = -1;

  constructor(row: readonly string[], line: number, context: FileContext) {
    this.#row = row;
    this.line = line;
    this.context = context;
  }

  /** Whether the file has a column for it, or all its rows the same. */
  has(field: FieldName): boolean {
    return this.context.columns.at[field] !== -1 || this.context.constants[field] !== undefined;
  }

  /** What stands in the column; nothing where there is none. */
  text(field: FieldName): string {
    const index = this.context.columns.at[field];
    return index === -1
      ? (this.context.constants[field] ?? this.#note(field, -1, ''))
      : this.textAt(index, field);
  }

  textAt(index: number, field: FieldName): string {
    return this.#note(field, index, this.#row[index] ?? '');
  }

  /** A plain decimal with its sign; undefined where nothing stands. @throws RowProblem */
  optionalNumber(field: FieldName): string | undefined {
    const index = this.context.columns.at[field];
    return index === -1 ? undefined : this.numberAt(index, field);
  }

  numberAt(index: number, field: FieldName): string | undefined {
    const text = this.textAt(index, field);
    return text === '' ? undefined : this.#parse(text);
  }

  /** A plain decimal with its sign. @throws RowProblem */
  number(field: FieldName): string {
    return this.#parse(this.text(field));
  }

  /** Names the column that was asked for last, if an error does not name one. */
  blame(error: RowProblem): RowProblem {
    const field = this.#last;
    if (error.column !== undefined || field === undefined) return error;
    return error.blame(field, this.context.columns.header[this.#lastIndex] ?? field);
  }

  #parse(text: string): string {
    const { sign, conventions } = this.context;
    const bare = sign === undefined ? text : withoutSign(text, sign);
    return parseNumber(bare, this.line, conventions.mark);
  }

  #note(field: FieldName, index: number, text: string): string {
    this.#last = field;
    this.#lastIndex = index;
    return text;
  }
}

function withoutSign(text: string, sign: string): string {
  const minus = text.startsWith('-') ? '-' : '';
  const rest = text.slice(minus.length);
  return rest.startsWith(sign) ? minus + rest.slice(sign.length) : text;
}

const controls = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F]/;

/** @throws RowProblem for a character that no text has, in whichever column. */
export function refuseControls(row: readonly string[], header: readonly string[]): void {
  for (const [index, text] of row.entries()) {
    if (!controls.test(text)) continue;
    const problem = new RowProblem(
      `expected text, got ${echo(text)} with a control character. Remove it`,
    );
    throw problem.blame(header[index] ?? `column ${index + 1}`, header[index] ?? '');
  }
}
