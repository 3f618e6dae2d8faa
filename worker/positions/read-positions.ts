import type { Database } from '../database/open.ts';

/** A position as it is shown. Numbers are decimal strings: JSON's own numbers are not exact. */
export interface ShownPosition {
  readonly symbol: string;
  readonly currency: string;
  readonly quantity: string;
  readonly averageCost: string;
  readonly realisedGain: string;
}

/** The positions of a portfolio by symbol, those that are sold out included; none if it is unknown. */
export async function readPositions(
  { pool }: Pick<Database, 'pool'>,
  portfolio: string,
): Promise<ShownPosition[]> {
  const found = await pool.query<ShownPosition>(
    `select symbol, currency, trim_scale(quantity)::text as quantity,
       trim_scale(average_cost)::text as "averageCost",
       trim_scale(realised_gain)::text as "realisedGain"
     from poolproof.positions where portfolio = $1 order by symbol, currency`,
    [portfolio],
  );
  return found.rows;
}
