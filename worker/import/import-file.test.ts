import { describe, expect, test } from 'vitest';
import { readPositions } from '../positions/read-positions.ts';
import { useDatabase } from '../testing/database.ts';
import { inBytes } from '../testing/text.ts';
import type { OnBadRow } from './import-record.ts';
import { plainReading, type Reading } from './reading.ts';
import { runImport } from './run-import.ts';
import { stageImport } from './stage-import.ts';

const header = 'date,symbol,side,quantity,price,fees,currency\n';
const context = useDatabase();

interface How extends Partial<Reading> {
  readonly onBadRow?: OnBadRow;
}

async function importText(portfolio: string, text: string, how: How = {}) {
  const { onBadRow = 'reject', ...said } = how;
  const id = await stageImport(context.database, {
    portfolio,
    onBadRow,
    reading: { ...plainReading, ...said },
    content: inBytes(text, 4096),
  });
  return runImport(context.database, id);
}

/** What is held, as `quantity at average cost, gain`. */
async function held(portfolio: string): Promise<Record<string, string>> {
  const positions = await readPositions(context.database, portfolio);
  return Object.fromEntries(
    positions.map(({ symbol, quantity, averageCost, realisedGain }) => [
      symbol,
      `${quantity} at ${averageCost}, ${realisedGain}`,
    ]),
  );
}

describe('overlapping exports', () => {
  const one = '2026-01-05,ABC,buy,10,10,0,EUR\n';

  test('bring the same row once, and say how many were known', async () => {
    await importText('overlap', header + one);
    const crlf = await importText('overlap', (header + one).replaceAll('\n', '\r\n'));
    expect(crlf).toMatchObject({ state: 'done', rows: 1, imported: 0, known: 1 });
    const more = await importText('overlap', `${header}${one}2026-02-05,ABC,buy,1,11,0,EUR\n`);
    expect(more).toMatchObject({ rows: 2, imported: 1, known: 1 });
    expect(await held('overlap')).toEqual({ ABC: '11 at 10.090909090909090909, 0' });
  });

  test('two equal rows of one file are two trades', async () => {
    await importText('equal', header + one + one);
    const three = await importText('equal', header + one + one + one);
    expect(three).toMatchObject({ imported: 1, known: 2 });
    expect(await held('equal')).toEqual({ ABC: '30 at 10, 0' });
  });

  test('numbers written in another way are the same', async () => {
    await importText('written', header + one);
    const german =
      'Datum;Wertpapier;Typ;Menge;Kurs;Gebühr;Währung\n05.01.2026;ABC;Kauf;10,0;10,00;0,00;EUR\n';
    expect(await importText('written', german)).toMatchObject({ known: 1, imported: 0 });
  });

  test('the caller may say that they are new', async () => {
    await importText('new', header + one);
    const again = `${header}${one}2026-02-05,ABC,buy,1,11,0,EUR\n`;
    expect(await importText('new', again, { known: 'import' })).toMatchObject({ imported: 2 });
    expect(await held('new')).toMatchObject({ ABC: expect.stringMatching(/^21 at/) as string });
  });

  test('the number of a trade tells equal ones apart, and a changed one is refused', async () => {
    const numbered = (id: string, price = '10') =>
      `date,symbol,side,quantity,price,currency,transaction_id\n2026-01-05,ABC,buy,10,${price},EUR,${id}\n`;
    await importText('numbered', numbered('1'));
    expect(await importText('numbered', numbered('2'))).toMatchObject({ imported: 1, known: 0 });
    expect(await importText('numbered', `${numbered('1')}\n`)).toMatchObject({ known: 1 });
    expect(await importText('numbered', numbered('1', '11'))).toMatchObject({
      state: 'rejected',
      badRows: [{ line: 2, reason: expect.stringContaining('"1" as it was imported') as string }],
    });
    expect(await held('numbered')).toEqual({ ABC: '20 at 10, 0' });
  });
});

describe('the order within a day', () => {
  const rows = [
    '2026-01-05,ABC,buy,10,10,0,EUR\n',
    '2026-01-06,ABC,sell,10,20,0,EUR\n',
    '2026-01-06,ABC,buy,10,30,0,EUR\n',
    '2026-01-07,ABC,buy,10,50,0,EUR\n',
  ];
  const right = { ABC: '20 at 40, 100' };

  test('is that of the file', async () => {
    await importText('day', header + rows.join(''));
    expect(await held('day')).toEqual(right);
  });

  test('is the other way round where the file goes back in time', async () => {
    await importText('backwards', header + rows.toReversed().join(''));
    expect(await held('backwards')).toEqual(right);
  });

  test('is that of the time where there is one', async () => {
    const timed = [
      '2026-01-05 09:00,ABC,buy,10,10,0,EUR\n',
      '2026-01-06 10:00,ABC,buy,10,30,0,EUR\n',
      '2026-01-06 09:30,ABC,sell,10,20,0,EUR\n',
      '2026-01-07 09:00,ABC,buy,10,50,0,EUR\n',
    ];
    await importText('timed', header + timed.join(''));
    expect(await held('timed')).toEqual(right);
  });

  test('is refused where it changes the position and the file goes both ways', async () => {
    const days = ['09', '08', '07', '10', '06', '05'];
    const filler = days.map((day) => `2026-03-${day},XYZ,buy,1,1,0,EUR\n`);
    const text = header + filler.join('') + rows.toReversed().join('');
    expect(await importText('mixed', text)).toMatchObject({
      state: 'rejected',
      badRows: [{ reason: expect.stringContaining('order=newest-first') as string }],
    });
    await importText('mixed', text, { order: 'newest-first' });
    expect(await held('mixed')).toMatchObject(right);
  });

  test('files of one day follow each other', async () => {
    for (const row of rows) await importText('files', header + row);
    expect(await held('files')).toEqual(right);
  });
});

test('symbols that differ only in case are refused, in a file and in a portfolio', async () => {
  const row = (symbol: string) => `2026-01-05,${symbol},buy,1,1,0,EUR\n`;
  const reason = expect.stringContaining('symbol: expected one spelling') as string;
  expect(await importText('case', header + row('BRKa') + row('BRKA'))).toMatchObject({
    state: 'rejected',
    badRows: [{ line: 3, reason }],
  });
  await importText('case', header + row('BRKa'));
  expect(await importText('case', header + row('BRKA'))).toMatchObject({ badRows: [{ reason }] });
  expect(await held('case')).toEqual({ BRKa: '1 at 1, 0' });
});

test('a dry run says what would happen, and changes nothing', async () => {
  const text = `${header.trim()},note\n2026-01-05,ABC,buy,10,10,1,EUR,x\n`;
  const dry = await importText('dry', text, { dryRun: true });
  expect(dry).toMatchObject({
    state: 'done',
    dryRun: true,
    imported: 1,
    unusedColumns: ['note'],
    outlook: [{ symbol: 'ABC', quantity: '10', averageCost: '10.1' }],
  });
  expect(await held('dry')).toEqual({});
  const real = await importText('dry', text);
  expect(real).toMatchObject({ dryRun: false, imported: 1, duplicateOf: null, outlook: null });
  expect(await held('dry')).toEqual({ ABC: '10 at 10.1, 0' });
});

test('poison is refused at once, whatever is done about bad rows', async () => {
  const good = '2026-01-05,ABC,buy,1,10,0,EUR\n';
  for (const bad of [
    '2026-01-05,A\0BC,buy,1,10,0,EUR',
    '2026-01-05,ABC,buy,1\0,10,0,EUR',
    '0000-01-01,ABC,buy,1,10,0,EUR',
    '2026-01-05,ABC,constructor,1,10,0,EUR',
    `2026-01-05,${'\u{1F600}'.repeat(500)},buy,1,10,0,EUR`,
    `2026-01-05,ABC,buy,${'9'.repeat(60_000)},10,0,EUR`,
    `2026-01-05,ABC,buy,1,10,0,E${'\u{1F600}'.repeat(119)}R`,
  ]) {
    const rejected = await importText('poison', `${header}${good}${bad}\n`);
    expect(rejected).toMatchObject({ state: 'rejected', badRows: [{ line: 3 }] });
    const skipped = await importText(
      `skip ${bad.length} ${bad.slice(0, 20).replace('\0', '')}`,
      `${header}${good}${bad}\n`,
      {
        onBadRow: 'skip',
      },
    );
    expect(skipped).toMatchObject({ state: 'done', imported: 1, badRows: [{ line: 3 }] });
    expect(JSON.stringify(skipped.badRows).length).toBeLessThan(500);
  }
});
