import path from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { readPositions } from '../positions/read-positions.ts';
import { useDatabase } from '../testing/database.ts';
import { inBytes } from '../testing/text.ts';
import { readImport, type ImportProgress, type OnBadRow } from './import-record.ts';
import { runImport } from './run-import.ts';
import { stageImport } from './stage-import.ts';

const header = 'date,symbol,side,quantity,price,fees,currency\n';
const bought = `${header}2026-01-02,ABC,buy,10,100,5,EUR\n`;
const context = useDatabase();

function stage(portfolio: string, content: string, onBadRow: OnBadRow = 'reject') {
  return stageImport(context.database, { portfolio, onBadRow, content: inBytes(content) });
}

async function importText(portfolio: string, content: string, onBadRow?: OnBadRow) {
  return runImport(context.database, await stage(portfolio, content, onBadRow));
}

const positions = (portfolio: string) => readPositions(context.database, portfolio);

test('a file becomes positions: quantity, average cost and realised gain, fees included', async () => {
  const record = await importText(
    'simple',
    `${bought}2026-01-05,ABC,sell,4,120,2,EUR\n2026-01-03,XYZ,buy,0.1,0.2,,USD\n`,
  );
  expect(record).toMatchObject({ state: 'done', rows: 3, imported: 3, badRowCount: 0 });
  expect(await positions('simple')).toEqual([
    { symbol: 'ABC', currency: 'EUR', quantity: '6', averageCost: '100.5', realisedGain: '76' },
    { symbol: 'XYZ', currency: 'USD', quantity: '0.1', averageCost: '0.2', realisedGain: '0' },
  ]);
});

test('the same file again changes nothing, and names the import that brought it', async () => {
  const first = await importText('again', bought);
  const before = await positions('again');
  const second = await importText('again', bought);
  expect(second).toMatchObject({ state: 'done', imported: 0, duplicateOf: first.id });
  expect(await positions('again')).toEqual(before);
});

test('the same import run twice, one after the other or at once, counts once', async () => {
  const id = await stage('twice', bought);
  const [one, other] = await Promise.all([
    runImport(context.database, id),
    runImport(context.database, id),
  ]);
  expect(other).toEqual(one);
  expect(await runImport(context.database, id)).toEqual(one);
  expect(await positions('twice')).toMatchObject([{ quantity: '10' }]);
});

test('imports of one portfolio at once add up', async () => {
  const files = Array.from({ length: 6 }, (_, day) =>
    bought.replace('2026-01-02', `2026-02-0${day + 1}`),
  );
  await Promise.all(files.map((file) => importText('at-once', file)));
  expect(await positions('at-once')).toMatchObject([{ quantity: '60', averageCost: '100.5' }]);
});

test('the order in which files are imported does not matter', async () => {
  const later = `${header}2026-03-01,ABC,sell,5,130,0,EUR\n2026-03-02,ABC,buy,1,90,0,EUR\n`;
  const earlier = `${header}2025-01-02,ABC,buy,20,80,1,EUR\n`;
  for (const file of [bought, later, earlier]) await importText('forwards', file);
  for (const file of [earlier, bought, later]) await importText('backwards', file);
  expect(await positions('forwards')).toEqual(await positions('backwards'));
});

const withBadRows = `${bought}2026-13-01,ABC,buy,1,1,0,EUR\n2026-01-06,ABC,sell,11,1,0,EUR\n`;
const badRows = [
  { line: 3, reason: 'date: expected a day that exists, got "2026-13-01"' },
  {
    line: 4,
    reason: 'expected to sell at most the 10 ABC (EUR) held on 2026-01-06, got 11',
  },
];

test('bad rows reject the import whole', async () => {
  const record = await importText('reject', withBadRows);
  expect(record).toMatchObject({ state: 'rejected', badRows, badRowCount: 2 });
  expect(await positions('reject')).toEqual([]);
});

test('bad rows are skipped and listed where that was chosen', async () => {
  const record = await importText('skip', withBadRows, 'skip');
  expect(record).toMatchObject({ state: 'done', rows: 3, imported: 1, badRows });
  expect(await positions('skip')).toMatchObject([{ quantity: '10' }]);
});

test('a rejected import can be run again, once what it lacked is there', async () => {
  const sale = await importText('later', `${header}2026-01-06,ABC,sell,1,1,0,EUR\n`);
  expect(sale.state).toBe('rejected');
  await importText('later', bought);
  expect(await runImport(context.database, sale.id)).toMatchObject({ state: 'done', badRows: [] });
  expect(await positions('later')).toMatchObject([{ quantity: '9' }]);
});

test('100,000 rows go through a process with 48 MB of memory, and tell how far they are', async () => {
  async function* content() {
    yield Buffer.from(header);
    for (let row = 0; row < 100_000; row++) {
      const day = String((row % 28) + 1).padStart(2, '0');
      const line = `2026-01-${day},S${row % 50},buy,0.001,${row}.01,0.5,EUR\n`;
      yield await Promise.resolve(Buffer.from(line));
    }
  }
  const request = { portfolio: 'large', onBadRow: 'reject', content: content() } as const;
  const id = await stageImport(context.database, request);
  // Held all at once, these rows take more than twice as much.
  const { stdout } = await execa(process.execPath, [
    '--max-old-space-size=48',
    path.join(import.meta.dirname, 'fixtures', 'import-program.ts'),
    context.url,
    id,
  ]);
  const progress = stdout.split(/\r?\n/).map((line) => JSON.parse(line) as ImportProgress);
  expect(progress.length).toBeGreaterThanOrEqual(100);
  expect(progress.at(-1)).toMatchObject({ rows: 100_000, bytes: progress[0]?.totalBytes });
  expect(await readImport(context.database, id)).toMatchObject({
    state: 'done',
    imported: 100_000,
  });
  expect(await positions('large')).toHaveLength(50);
}, 120_000);

test('ten megabytes of lines of two bytes are refused in a process with 96 MB of memory', async () => {
  async function* content() {
    yield Buffer.from(header);
    for (let piece = 0; piece < 40; piece++) {
      yield await Promise.resolve(Buffer.from('a\n'.repeat(128 * 1024)));
    }
  }
  const request = { portfolio: 'narrow', onBadRow: 'reject', content: content() } as const;
  const id = await stageImport(context.database, request);
  await execa(process.execPath, [
    '--max-old-space-size=96',
    path.join(import.meta.dirname, 'fixtures', 'import-program.ts'),
    context.url,
    id,
  ]);
  expect(await readImport(context.database, id)).toMatchObject({
    state: 'rejected',
    badRowCount: 40 * 128 * 1024,
  });
}, 120_000);
