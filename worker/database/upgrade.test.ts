import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { readImport } from '../import/import-record.ts';
import { runImport } from '../import/run-import.ts';
import { readPositions } from '../positions/read-positions.ts';
import { useDatabase } from '../testing/database.ts';
import { stageRows } from '../testing/stage-text.ts';
import { openDatabase, type Database } from './open.ts';
import { createSchema, schemaSteps } from './schema.ts';

const context = useDatabase();

/** A database of its own on the server of these tests. */
async function emptyDatabase(name: string): Promise<Database> {
  await context.database.pool.query(`create database ${name}`);
  const url = new URL(context.url);
  url.pathname = `/${name}`;
  const database = openDatabase(url.href);
  onTestFinished(() => database[Symbol.asyncDispose]());
  return database;
}

/** Tables as so many steps leave them. The first version did not say which it was. */
async function makeVersion({ pool }: Database, version: number): Promise<void> {
  for (const step of schemaSteps.slice(0, version)) await pool.query(step);
  if (version === 1) return;
  await pool.query('create table poolproof.schema_version (version integer)');
  await pool.query('insert into poolproof.schema_version values ($1)', [version]);
}

const file = 'date,symbol,side,quantity,price,fees,currency\n2026-01-02,XYZ,buy,3,7,0,EUR\n';

/** Rows as that version wrote them: an import that is done, one that waits, and one that was rejected. */
async function fill({ pool }: Database, version: number) {
  const [done, waiting, rejected] = [randomUUID(), randomUUID(), randomUUID()];
  await pool.query(
    `insert into poolproof.imports (id, portfolio, on_bad_row, sha256, bytes, state, rows, imported, finished_at)
     values ($1, 'old', 'reject', 'a', 99, 'done', 2, 2, now())`,
    [done],
  );
  await pool.query(
    `insert into poolproof.imports (id, portfolio, on_bad_row, sha256, bytes, idempotency_key)
     values ($1, 'other', 'reject', 'b', $2, 'key')`,
    [waiting, file.length],
  );
  await pool.query('insert into poolproof.import_pieces values ($1, 0, $2)', [
    waiting,
    Buffer.from(file),
  ]);
  await pool.query(
    `insert into poolproof.imports (id, portfolio, on_bad_row, sha256, bytes, state, bad_rows, bad_row_count)
     values ($1, 'old', 'reject', 'c', 9, 'rejected', '[{"line": 2, "reason": "too many"}]', 1)`,
    [rejected],
  );
  const numbered = version >= 3;
  await pool.query(
    `insert into poolproof.positions (portfolio, symbol, currency, quantity, average_cost,
       realised_gain ${numbered ? ', cost, last_traded_on' : ''})
     values ('old', 'ABC', 'EUR', 6, 100.5, 38 ${numbered ? ", 603, '2025-03-03'" : ''})`,
  );
  await pool.query(
    `insert into poolproof.transactions (import_number, line, portfolio, traded_on, symbol, side,
       quantity, price, fees, currency ${numbered ? ', instrument' : ''})
     select i.number, t.line, 'old', t.traded_on, 'ABC', t.side, t.quantity, t.price, t.fees, 'EUR'
       ${numbered ? ', p.instrument' : ''}
     from (values (2, date '2025-01-02', 'buy', 10, 100, 5), (3, date '2025-03-03', 'sell', 4, 110, 0))
         as t(line, traded_on, side, quantity, price, fees),
       poolproof.imports as i, poolproof.positions as p
     where i.id = $1`,
    [done],
  );
  return { done, waiting, rejected };
}

/** Columns, indexes and constraints. */
async function shapeOf({ pool }: Database): Promise<unknown[]> {
  const found = await pool.query<Record<string, string>>(
    `select table_name || '.' || column_name as what, concat_ws(' ', data_type, is_nullable,
       column_default, identity_generation) as is
     from information_schema.columns where table_schema = 'poolproof'
     union all select indexname, indexdef from pg_indexes where schemaname = 'poolproof'
     union all select conrelid::regclass || ' ' || conname, pg_get_constraintdef(oid)
     from pg_constraint where connamespace = 'poolproof'::regnamespace
     order by 1, 2`,
  );
  return found.rows;
}

const earlier = schemaSteps.map((_, index) => index).slice(1);

test.for(earlier)(
  'a database of version %i is brought up to date with all it holds',
  async (version) => {
    const database = await emptyDatabase(`version_${version}`);
    await makeVersion(database, version);
    const { done, waiting, rejected } = await fill(database, version);
    await createSchema(database);
    await createSchema(database);
    expect(await shapeOf(database)).toEqual(await shapeOf(context.database));

    const held = async (portfolio: string) =>
      (await readPositions(database, portfolio)).map(
        ({ symbol, quantity, averageCost, realisedGain }) =>
          `${quantity} ${symbol} at ${averageCost}, ${realisedGain}`,
      );
    expect(await held('old')).toEqual(['6 ABC at 100.5, 38']);
    expect(await readImport(database, done)).toMatchObject({ state: 'done', imported: 2 });
    expect(await readImport(database, rejected)).toMatchObject({
      state: 'rejected',
      badRows: [{ line: 2, reason: 'too many' }],
    });
    expect(await runImport(database, waiting)).toMatchObject({ state: 'done', imported: 1 });
    expect(await held('other')).toEqual(['3 XYZ at 7, 0']);

    const importRows = async (...rows: string[]) =>
      runImport(database, await stageRows(database, 'old', ...rows));
    // Between the stored ones, after them, and again between them, now that all is booked.
    await importRows('2025-02-01,ABC,buy,10,50,0,EUR');
    expect(await held('old')).toEqual(['16 ABC at 75.25, 139']);
    await importRows('2025-04-01,ABC,buy,4,75.25,0,EUR');
    expect(await held('old')).toEqual(['20 ABC at 75.25, 139']);
    expect(await importRows('2025-02-02,ABC,sell,17,60,0,EUR')).toMatchObject({
      state: 'rejected',
    });
    await importRows('2025-02-02,ABC,sell,2,60,0,EUR');
    expect(await held('old')).toEqual(['18 ABC at 75.25, 108.5']);
  },
);
