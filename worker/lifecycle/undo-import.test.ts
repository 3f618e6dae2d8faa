import { expect, test } from 'vitest';
import { readImport } from '../import/import-record.ts';
import { readPositions } from '../positions/read-positions.ts';
import { useDatabase } from '../testing/database.ts';
import { stageRows } from '../testing/stage-text.ts';
import { carryOut } from './carry-out.ts';
import { undoImport } from './undo-import.ts';

const context = useDatabase();

async function importRows(portfolio: string, ...rows: string[]): Promise<string> {
  const id = await stageRows(context.database, portfolio, ...rows);
  expect(await carryOut(context.database, id)).toMatchObject({ record: { state: 'done' } });
  return id;
}

const positions = (portfolio: string) => readPositions(context.database, portfolio);

test('what an import brought is taken out again, and the file can be imported anew', async () => {
  const bought = '2026-01-02,ABC,buy,10,100,5,EUR';
  await importRows('undo', bought, '2026-01-02,XYZ,buy,1,1,0,EUR');
  const before = await positions('undo');
  const row = ['2026-01-01,ABC,buy,7,90,0,EUR', '2026-01-02,NEW,buy,1,1,0,EUR'];
  const id = await importRows('undo', ...row);
  const after = await positions('undo');
  expect(after).not.toEqual(before);
  await undoImport(context.database, id);
  expect(await positions('undo')).toEqual(before);
  expect(await readImport(context.database, id)).toMatchObject({ state: 'undone' });
  await importRows('undo', ...row);
  expect(await positions('undo')).toEqual(after);
});

test('what later sells need stays', async () => {
  const id = await importRows('sold', '2026-01-02,ABC,buy,10,100,0,EUR');
  const sale = await importRows('sold', '2026-01-03,ABC,sell,4,100,0,EUR');
  const before = await positions('sold');
  await expect(undoImport(context.database, id)).rejects.toThrow(
    'expected enough ABC (EUR) without this import for the 4 sold on 2026-01-03, got 0',
  );
  expect(await positions('sold')).toEqual(before);
  await undoImport(context.database, sale);
  await undoImport(context.database, id);
  expect(await positions('sold')).toEqual([]);
  await expect(undoImport(context.database, id)).rejects.toThrow('got one that is undone');
});
