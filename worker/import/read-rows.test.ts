import { describe, expect, test } from 'vitest';
import { inBytes } from '../testing/text.ts';
import { readRows } from './read-rows.ts';

/** Rows as one reads them: the values of a transaction, or the reason against it. */
async function read(text: string): Promise<string[]> {
  const rows = await Array.fromAsync(readRows(inBytes(text)));
  return rows.map((row) => {
    if ('reason' in row) return `${row.line}: ${row.reason}`;
    const { date, symbol, side, quantity, price, fees, currency } = row.transaction;
    const values = [date, symbol, side, quantity.toFixed(), price.toFixed(), fees.toFixed()];
    return `${row.line}: ${[...values, currency].join(' ')}`;
  });
}

const header = 'date,symbol,side,quantity,price,fees,currency';
const plain = ['2: 2026-01-02 ABC buy 10 1.5 0 EUR'];

describe('as brokers export them', () => {
  test.for<[string, string]>([
    ['plain', `${header}\n2026-01-02,ABC,buy,10,1.5,0,EUR\n`],
    ['with a byte order mark and CRLF', `\ufeff${header}\r\n2026-01-02,ABC,buy,10,1.5,0,EUR\r\n`],
    ['without a last line end', `${header}\n2026-01-02,ABC,buy,10,1.5,0,EUR`],
    ['with everything in quotes', `${header}\n"2026-01-02","ABC","buy","10","1.5","0","EUR"\n`],
    ['with spaces around fields', `${header}\n2026-01-02 , abc , BUY ,10, 1.5 ,,eur\n`],
    [
      'with other names in another order, and columns of no interest',
      'Trade Date,Ticker,Name,CCY,Qty.,Unit price,Buy/Sell,Commission\n2026-01-02,ABC,"A, B & C",EUR,10,1.5,B,\n',
    ],
    [
      'in German, with semicolons and decimal commas',
      'Datum;Wertpapier;Typ;Menge;Kurs;Gebühr;Währung\n02.01.2026;ABC;Kauf;10;1,50;0,00;EUR\n',
    ],
    ['with tabs', `${header.replaceAll(',', '\t')}\n2026-01-02\tABC\tbuy\t10\t1.5\t0\tEUR\n`],
    ['without fees', 'date,symbol,side,quantity,price,currency\n2026-01-02,ABC,buy,10,1.5,EUR\n'],
  ])('%s', async ([, text]) => {
    expect(await read(text)).toEqual(plain);
  });

  test('one decimal comma tells how the other numbers are meant', async () => {
    const german = header.replaceAll(',', ';');
    const row = '2026-01-02;ABC;buy;1.000;1,234;0,5;EUR';
    expect(await read(`${german}\n${row}\n`)).toEqual(['2: 2026-01-02 ABC buy 1000 1.234 0.5 EUR']);
  });

  test('a comma between fields leaves the point for decimals', async () => {
    expect(await read(`${header}\n2026-01-02,ABC,buy,"1,000",1.234,0,EUR\n`)).toEqual([
      '2: 2026-01-02 ABC buy 1000 1.234 0 EUR',
    ]);
  });
});

describe('a bad row has its line and its reason', () => {
  test.for<[string, string]>([
    ['2026-01-02,ABC,buy,0,1,0,EUR', 'quantity: expected more than 0, got 0'],
    ['2026-01-02,ABC,buy,-1,1,0,EUR', 'quantity: expected no negative number, got "-1"'],
    ['2026-01-02,ABC,buy,1,one,0,EUR', 'price: expected a number'],
    ['2026-01-02,ABC,buy,1,1,-1,EUR', 'fees: expected no negative number, got "-1"'],
    ['2026-01-02,ABC,split,1,1,0,EUR', 'side: expected buy or sell, got "split"'],
    ['2026-01-02,,buy,1,1,0,EUR', 'symbol: expected 1 to 32 characters, got ""'],
    ['2026-01-02,ABC,buy,1,1,0,€', 'currency: expected three letters such as EUR, got "€"'],
    ['02/01/2026,ABC,buy,1,1,0,EUR', 'date: expected a date that can be read in one way only'],
    ['2026-01-02,ABC,buy,1,1,0', 'expected 7 fields as in the header, got 6'],
    ['2026-01-02,ABC,buy,1,5,0,1,EUR', 'expected 7 fields as in the header, got 8'],
  ])('%s', async ([row, reason]) => {
    const rows = await read(`${header}\n\n${row}\n2026-01-02,ABC,buy,10,1.5,0,EUR\n`);
    expect(rows[0]).toMatch(`3: ${reason}`);
    expect(rows[1]).toBe('4: 2026-01-02 ABC buy 10 1.5 0 EUR');
  });

  test('where nothing in the file tells how its numbers are meant', async () => {
    const rows = await read(`${header.replaceAll(',', ';')}\n2026-01-02;ABC;buy;1;1.234;0;EUR\n`);
    expect(rows[0]).toContain('2: price: expected a number, got "1.234", which can be read in two');
  });
});

describe('a file is refused', () => {
  test('when it is empty', async () => {
    await expect(read('')).rejects.toThrow('line 1: expected a header, got an empty file');
  });

  test('when columns are missing', async () => {
    await expect(read('date,symbol\n')).rejects.toThrow(
      'line 1: expected a header with side, quantity, price, currency as well, got "date, symbol"',
    );
  });

  test('when two columns could be the same', async () => {
    await expect(read(`${header},ticker\n`)).rejects.toThrow(
      'line 1: expected one column for symbol, got "symbol" and "ticker". Remove one',
    );
  });

  test('at the line where a quote is never closed', async () => {
    const endless = `${header}\n2026-01-02,ABC,buy,10,1.5,0,EUR\n"${'2026-01-02,'.repeat(10_000)}`;
    await expect(read(endless)).rejects.toThrow(/^line 3: expected CSV/);
  });
});
