import type { Decimal } from 'decimal.js';

export type Side = 'buy' | 'sell';

/** One row of a portfolio file. Amounts are in `currency` and never negative. */
export interface Transaction {
  /** ISO 8601, such as 2026-01-03. */
  readonly date: string;
  readonly symbol: string;
  readonly side: Side;
  readonly quantity: Decimal;
  /** For one unit. */
  readonly price: Decimal;
  /** For the whole transaction. */
  readonly fees: Decimal;
  readonly currency: string;
}

/** A row that cannot be imported. Lines count from 1, and the header is one of them. */
export interface BadRow {
  readonly line: number;
  readonly reason: string;
}

export type Row =
  | { readonly line: number; readonly transaction: Transaction }
  | { readonly line: number; readonly reason: string };
