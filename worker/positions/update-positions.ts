import type { PoolClient } from 'pg';
import { afterTrade, averageCost, noPosition, type Position } from './position.ts';
import { readStoredTrades } from './stored-trades.ts';

interface NamedPosition extends Position {
  readonly symbol: string;
  readonly currency: string;
}

/** Works out anew, from all trades, every position that an import touches. */
export async function updatePositions(
  client: PoolClient,
  portfolio: string,
  importNumber: string,
): Promise<void> {
  const positions: NamedPosition[] = [];
  for await (const trade of readStoredTrades(client, portfolio, importNumber)) {
    const { symbol, currency } = trade;
    const last = positions.at(-1);
    if (last?.symbol === symbol && last.currency === currency) {
      positions[positions.length - 1] = { ...last, ...afterTrade(last, trade) };
    } else {
      positions.push({ symbol, currency, ...afterTrade(noPosition, trade) });
    }
  }
  await client.query(
    `insert into poolproof.positions
     select $1, * from unnest($2::text[], $3::text[], $4::numeric[], $5::numeric[], $6::numeric[])
     on conflict (portfolio, symbol, currency) do update set
       quantity = excluded.quantity,
       average_cost = excluded.average_cost,
       realised_gain = excluded.realised_gain`,
    [
      portfolio,
      positions.map(({ symbol }) => symbol),
      positions.map(({ currency }) => currency),
      positions.map(({ quantity }) => quantity.toFixed()),
      positions.map((position) => averageCost(position).toFixed()),
      positions.map(({ realisedGain }) => realisedGain.toFixed()),
    ],
  );
}
