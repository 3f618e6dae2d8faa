export type Side = 'buy' | 'sell';

/**
 * One trade of a portfolio file. Numbers are plain decimals as text, never negative, with at most 18
 * places; amounts are in `currency`.
 */
export interface Transaction {
  /** ISO 8601, such as 2026-01-03. */
  readonly date: string;
  /** Such as 09:30:00.125; null where the file has none. */
  readonly time: string | null;
  readonly symbol: string;
  readonly side: Side;
  readonly quantity: string;
  /** For one unit. Rounded to 18 places where it was worked out from `amount`. */
  readonly price: string;
  /** What the trade came to without its fees; null where it is quantity × price. */
  readonly amount: string | null;
  /** For the whole transaction. */
  readonly fees: string;
  readonly currency: string;
  /** The number that the broker gave it; null where the file has none. */
  readonly reference: string | null;
}

/** A row that cannot be imported. Lines count from 1, and the header is one of them. */
export interface BadRow {
  readonly line: number;
  /** As the file calls it, where one column is to blame. */
  readonly column?: string;
  readonly reason: string;
}

/** One row of a file: a trade, a row that is no trade by its own account, or a bad one. */
export type Row =
  | { readonly line: number; readonly transaction: Transaction }
  | { readonly line: number; readonly leftOut: string }
  | BadRow;
