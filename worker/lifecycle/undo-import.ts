import type { PoolClient } from 'pg';
import type { Database } from '../database/open.ts';
import { afterTrade, averageCost, noPosition, type Position } from '../positions/position.ts';
import { readStoredTrades } from '../positions/stored-trades.ts';

/** Why an import cannot be undone. */
export class NotUndone extends Error {
  override readonly name = 'NotUndone';
}

interface NamedPosition extends Position {
  readonly symbol: string;
  readonly currency: string;
}

/**
 * Takes the transactions of an import that is done out of its portfolio again, and works out the
 * positions that they were part of. The file may be imported again afterwards.
 *
 * @throws NotUndone when it is not done, when another import of the portfolio is running, or when
 * later transactions sell what it brought.
 */
export async function undoImport(database: Database, id: string): Promise<void> {
  await database.inTransaction(async (client) => {
    const found = await client.query<{ portfolio: string; number: string; state: string }>(
      'select portfolio, number, state from poolproof.imports where id = $1',
      [id],
    );
    const [row] = found.rows;
    if (!row) throw new NotUndone(`There is no import ${id}.`);
    const locked = await client.query<{ taken: boolean }>(
      'select pg_try_advisory_xact_lock(hashtextextended($1, 1)) as taken',
      [row.portfolio],
    );
    if (!locked.rows[0]?.taken) {
      throw new NotUndone(
        `An import of ${row.portfolio} is running. Undo this one when it is over.`,
      );
    }
    const undone = await client.query(
      `update poolproof.imports set state = 'undone', finished_at = now()
       where id = $1 and state = 'done'`,
      [id],
    );
    if (undone.rowCount === 0) {
      throw new NotUndone(`expected an import that is done, got one that is ${row.state}`);
    }
    await takeOut(client, row.portfolio, row.number);
  });
}

async function takeOut(client: PoolClient, portfolio: string, number: string): Promise<void> {
  const positions = await positionsWithout(client, portfolio, number);
  await client.query(
    `delete from poolproof.positions where portfolio = $1 and (symbol, currency) in
       (select symbol, currency from poolproof.transactions where import_number = $2)`,
    [portfolio, number],
  );
  await client.query('delete from poolproof.transactions where import_number = $1', [number]);
  await client.query(
    `insert into poolproof.positions
     select $1, * from unnest($2::text[], $3::text[], $4::numeric[], $5::numeric[], $6::numeric[])`,
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

/** The positions that an import touches, as they would be without it. */
async function positionsWithout(
  client: PoolClient,
  portfolio: string,
  number: string,
): Promise<NamedPosition[]> {
  const positions: NamedPosition[] = [];
  for await (const trade of readStoredTrades(client, portfolio, number)) {
    if (trade.isNew) continue;
    const { symbol, currency } = trade;
    const last = positions.at(-1);
    const isSame = last?.symbol === symbol && last.currency === currency;
    const before = isSame ? last : { symbol, currency, ...noPosition };
    if (trade.side === 'sell' && trade.quantity.gt(before.quantity)) {
      throw new NotUndone(
        `expected enough ${symbol} (${currency}) without this import for the ` +
          `${trade.quantity.toFixed()} sold on ${trade.date}, got ${before.quantity.toFixed()}. ` +
          'Undo the import that sold them first',
      );
    }
    const after = { ...before, ...afterTrade(before, trade) };
    if (isSame) positions[positions.length - 1] = after;
    else positions.push(after);
  }
  return positions;
}
