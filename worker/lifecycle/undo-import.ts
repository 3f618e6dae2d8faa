import type { PoolClient } from 'pg';
import type { Database } from '../database/open.ts';
import { StoredOversold } from '../positions/oversold.ts';
import { startsWithout, touchedBy } from '../positions/replay-starts.ts';
import { replay } from '../positions/replay.ts';
import { forgetBooked, writeBooked } from '../positions/stored-months.ts';
import { writePositions } from '../positions/stored-positions.ts';

/** Why an import cannot be undone. */
export class NotUndone extends Error {
  override readonly name = 'NotUndone';
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
  const touched = await touchedBy(client, number);
  if (touched.length === 0) return;
  const starts = await startsWithout(client, number, touched);
  await client.query('delete from poolproof.transactions where import_number = $1', [number]);
  try {
    const replayed = await Array.fromAsync(replay(client, number, starts));
    const left = replayed.filter(({ isLeft }) => isLeft);
    await writePositions(client, portfolio, left);
    await writeBooked(
      client,
      left.flatMap(({ booked }) => booked ?? []),
    );
    const remain = new Set(left.map(({ instrument }) => instrument));
    const gone = touched.flatMap(({ instrument }) => (remain.has(instrument) ? [] : instrument));
    await client.query('delete from poolproof.positions where instrument = any($1)', [gone]);
    await forgetBooked(client, gone);
  } catch (error) {
    if (!(error instanceof StoredOversold)) throw error;
    throw new NotUndone(
      `expected enough ${error.what} without this import for the ${error.how}. Undo the import that sold them first`,
    );
  }
}
