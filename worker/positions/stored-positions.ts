import type { Pool, PoolClient } from 'pg';
import { fromUnits, places, productPlaces, toUnits } from '../import/fixed.ts';
import type { Instrument, NumberedInstrument } from './oversold.ts';
import { averageCost, type Position } from './position.ts';

/** Where an instrument of a portfolio stands after all imports so far. */
export interface StoredPosition {
  /** Undefined where it was stored by an earlier version, which did not keep the exact cost. */
  readonly position: Position | undefined;
  /** The date of the last trade; later than any where it is not known. */
  readonly last: string;
  /** Up to which date all trades are booked; undefined where none is. */
  readonly summedTo: string | undefined;
}

const unknownDate = '9999-12-31';

interface StoredRow extends NumberedInstrument {
  quantity: string;
  cost: string | null;
  realisedGain: string;
  last: string | null;
  summedTo: string | null;
}

/** Reads what a portfolio holds of some symbols, in any currency and any case. */
export async function readStoredPositions(
  pool: Pool,
  portfolio: string,
  symbols: readonly string[],
): Promise<(NumberedInstrument & StoredPosition)[]> {
  const found = await pool.query<StoredRow>(
    `select symbol, currency, instrument, quantity, cost, realised_gain as "realisedGain",
       last_traded_on::text as last, summed_to::text as "summedTo"
     from poolproof.positions
     where portfolio = $1 and lower(symbol) in (select lower(unnest($2::text[])))`,
    [portfolio, symbols],
  );
  return found.rows.map(({ quantity, cost, realisedGain, last, summedTo, ...instrument }) => ({
    ...instrument,
    last: last ?? unknownDate,
    summedTo: summedTo ?? undefined,
    position:
      cost === null
        ? undefined
        : {
            quantity: toUnits(quantity, places),
            cost: toUnits(cost, productPlaces),
            realisedGain: toUnits(realisedGain, productPlaces),
          },
  }));
}

/** Numbers for instruments that a portfolio has not had. */
export async function newInstruments(pool: Pool, count: number): Promise<string[]> {
  const taken = await pool.query<{ number: string }>(
    `select nextval(pg_get_serial_sequence('poolproof.positions', 'instrument')) as number
     from generate_series(1, $1)`,
    [count],
  );
  return taken.rows.map(({ number }) => number);
}

/** A position as an import leaves it. */
export interface NewPosition extends NumberedInstrument {
  readonly position: Position;
  readonly last: string;
  /** Up to which date all trades are booked. Undefined: up to where they were. */
  readonly summedTo?: string | undefined;
}

/** As it is stored and shown. */
export function shownPosition({
  symbol,
  currency,
  position,
}: Instrument & Pick<NewPosition, 'position'>) {
  return {
    symbol,
    currency,
    quantity: fromUnits(position.quantity, places),
    averageCost: fromUnits(averageCost(position), places),
    realisedGain: fromUnits(position.realisedGain, productPlaces),
  };
}

/** Puts positions in the place of those before. */
export async function writePositions(
  client: PoolClient,
  portfolio: string,
  positions: readonly NewPosition[],
): Promise<void> {
  if (positions.length === 0) return;
  const shown = positions.map(shownPosition);
  await client.query(
    `insert into poolproof.positions (portfolio, symbol, currency, quantity, average_cost,
       realised_gain, cost, last_traded_on, instrument, summed_to)
     select $1, * from unnest($2::text[], $3::text[], $4::numeric[], $5::numeric[], $6::numeric[],
       $7::numeric[], $8::date[], $9::bigint[], $10::date[])
     on conflict (portfolio, symbol, currency) do update set
       quantity = excluded.quantity,
       average_cost = excluded.average_cost,
       realised_gain = excluded.realised_gain,
       cost = excluded.cost,
       last_traded_on = excluded.last_traded_on,
       summed_to = coalesce(excluded.summed_to, positions.summed_to)`,
    [
      portfolio,
      shown.map(({ symbol }) => symbol),
      shown.map(({ currency }) => currency),
      shown.map(({ quantity }) => quantity),
      shown.map(({ averageCost: average }) => average),
      shown.map(({ realisedGain }) => realisedGain),
      positions.map(({ position }) => fromUnits(position.cost, productPlaces)),
      positions.map(({ last }) => last),
      positions.map(({ instrument }) => instrument),
      positions.map(({ summedTo }) => summedTo ?? null),
    ],
  );
}
