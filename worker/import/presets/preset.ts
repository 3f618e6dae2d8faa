import type { FieldName } from '../fields.ts';
import type { Side } from '../transaction.ts';

/** What is known of one broker's export. */
export interface Preset {
  /** As in `preset=NAME`. */
  readonly name: string;
  readonly title: string;
  /** Where the columns are described in public, and when that was read. */
  readonly source: { readonly what: string; readonly at: string; readonly read: string };
  /**
   * The columns of each field by their names, as the export has them; all of them are needed. Those of
   * fees add up. `Price >` is the column without a name to the right of `Price`.
   */
  readonly map: Readonly<Partial<Record<FieldName, readonly string[]>>>;
  /** Columns that the export may have as well, by the choice of whoever made it. */
  readonly optional?: Readonly<Partial<Record<FieldName, readonly string[]>>>;
  /** Columns that could be mistaken for something that counts. */
  readonly ignore?: readonly string[];
  readonly decimal?: '.' | ',';
  readonly dates?: 'dmy' | 'mdy';
  /** What the export calls its rows, in lower case; `you bought*` is the start of a longer text. */
  readonly kinds?: Readonly<Record<string, Side | 'cash'>>;
  /** What is the same in every row, and has no column. */
  readonly constants?: Readonly<Partial<Record<FieldName, string>>>;
  /** Stands before the numbers. */
  readonly sign?: string;
  /** How a fee is signed, where the other sign is a rebate. */
  readonly feeSign?: '-' | '+';
  /** Whether the sign of the quantity tells a sell from a buy. */
  readonly signedQuantity?: true;
  /** Whether lines may stand before the header. */
  readonly preamble?: true;
  /** The first field of lines that are none of the table, at its end. */
  readonly footer?: RegExp;
  /** What the export may hold and the import refuses, for the documentation. */
  readonly refuses: readonly string[];
}
