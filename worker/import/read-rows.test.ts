import { describe, expect, test } from 'vitest';
import { inBytes } from '../testing/text.ts';
import { openRows } from './read-rows.ts';
import { plainReading, type Reading } from './reading.ts';

/** Rows as one reads them: the values of a transaction, or the reason against it. */
async function read(text: string | Uint8Array, reading: Partial<Reading> = {}): Promise<string[]> {
  const { rows } = await openRows(() => inBytes(text), { ...plainReading, ...reading });
  return (await Array.fromAsync(rows)).flat().map((row) => {
    if ('reason' in row) return `${row.line}: ${row.reason}`;
    if ('leftOut' in row) return `${row.line}: left out, ${row.leftOut}`;
    const { date, time, symbol, side, quantity, price, amount, fees, currency } = row.transaction;
    const values = [date, time, symbol, side, quantity, price, amount, fees, currency];
    return `${row.line}: ${values.filter((value) => value !== null).join(' ')}`;
  });
}

const header = 'date,symbol,side,quantity,price,fees,currency';
const plain = ['2: 2026-01-02 ABC buy 10 1.5 0 EUR'];

describe('as brokers export them', () => {
  test.for<[string, string]>([
    ['plain', `${header}\n2026-01-02,ABC,buy,10,1.5,0,EUR\n`],
    ['with a byte order mark and CRLF', `\ufeff${header}\r\n2026-01-02,ABC,buy,10,1.5,0,EUR\r\n`],
    ['with carriage returns alone', `${header}\r2026-01-02,ABC,buy,10,1.5,0,EUR\r`],
    ['without a last line end', `${header}\n2026-01-02,ABC,buy,10,1.5,0,EUR`],
    ['with everything in quotes', `${header}\n"2026-01-02","ABC","buy","10","1.5","0","EUR"\n`],
    ['with spaces around fields', `${header}\n2026-01-02 , ABC , BUY ,10, 1.5 ,,eur\n`],
    ['with empty rows below', `${header}\n2026-01-02,ABC,buy,10,1.5,,EUR\n,,,,,,\n,,,,,,\n`],
    [
      'with other names in another order, and columns of no interest',
      'Trade Date,Ticker,Name,CCY,Qty.,Unit price,Buy/Sell,Commission\n2026-01-02,ABC,"A, B & C",EUR,10,1.5,B,\n',
    ],
    [
      'in German, with semicolons and decimal commas',
      'Datum;Wertpapier;Typ;Menge;Kurs;Gebühr;Währung\n02.01.2026;ABC;Kauf;10;1,5;0;EUR\n',
    ],
    ['with tabs', `${header.replaceAll(',', '\t')}\n2026-01-02\tABC\tbuy\t10\t1.5\t0\tEUR\n`],
    ['without fees', 'date,symbol,side,quantity,price,currency\n2026-01-02,ABC,buy,10,1.5,EUR\n'],
    [
      'with text in quotes over two lines',
      `${header},note\n2026-01-02,ABC,buy,10,1.5,0,EUR,"a\nb"\n`,
    ],
  ])('%s', async ([, text]) => {
    expect(await read(text)).toEqual(plain);
  });

  test("after Excel's line that names the delimiter", async () => {
    const text = `sep=;\n${header.replaceAll(',', ';')}\n2026-01-02;ABC;buy;10;1.5;0;EUR\n`;
    expect(await read(text)).toEqual(['3: 2026-01-02 ABC buy 10 1.5 0 EUR']);
  });

  test('in UTF-16 with a byte order mark, and in Windows-1252 where that is said', async () => {
    const text = `${header.replace('fees', 'Gebühren')}\n2026-01-02,ABC,buy,10,1.5,0,EUR\n`;
    expect(await read(Buffer.from(`\ufeff${text}`, 'utf16le'))).toEqual(plain);
    expect(await read(Buffer.from(`\ufeff${text}`, 'utf16le').swap16())).toEqual(plain);
    expect(await read(Buffer.from(text, 'utf16le'), { encoding: 'utf-16le' })).toEqual(plain);
    expect(await read(Buffer.from(text, 'latin1'), { encoding: 'windows-1252' })).toEqual(plain);
  });

  test('orders that were not executed and money alone are left out by name', async () => {
    const text = `${header},status\n,ABC,buy,10,,,EUR,Cancelled\n2026-01-02,ABC,buy,10,1.5,0,EUR,Filled\n,,dividend,,,,,executed\n`;
    expect(await read(text)).toEqual([
      '2: left out, cancelled',
      '3: 2026-01-02 ABC buy 10 1.5 0 EUR',
      '4: left out, dividend',
    ]);
  });
});

describe('how a file writes its numbers is learned from the whole of it', () => {
  const german = header.replaceAll(',', ';');
  const filler = '2026-01-02;ABC;buy;1;1;0;EUR\n'.repeat(3000);

  test('from the same row, and from one at the very end', async () => {
    const row = '2026-01-02;ABC;buy;1.000;1,234;0;EUR\n';
    expect(await read(`${german}\n2026-01-02;ABC;buy;1.000;1,234;0,5;EUR\n`)).toEqual([
      '2: 2026-01-02 ABC buy 1000 1.234 0.5 EUR',
    ]);
    const rows = await read(`${german}\n${row}${filler}2026-01-02;ABC;buy;1;1;0,5;EUR\n`);
    expect(rows[0]).toBe('2: 2026-01-02 ABC buy 1000 1.234 0 EUR');
  });

  test('so are the dates', async () => {
    const slashes = filler.replaceAll('2026-01-02', '03/04/2026');
    const rows = await read(`${german}\n${slashes}13/04/2026;ABC;buy;1;1;0;EUR\n`);
    expect(rows[0]).toBe('2: 2026-04-03 ABC buy 1 1 0 EUR');
  });

  test.for(['12,345', '12.345'])(
    '%s alone is refused, with the way to say what it is',
    async (price) => {
      const text = `${header}\n2026-01-02,ABC,buy,10,"${price}",,EUR\n`;
      expect((await read(text))[0]).toMatch(
        `2: price: expected something that can be read in one way only, got "${price}", and no line of the file shows its decimal mark. Say it with decimal=. or decimal=,`,
      );
      expect(await read(text, { decimal: ',' })).toEqual([
        `2: 2026-01-02 ABC buy 10 ${price === '12,345' ? '12.345' : '12345'} 0 EUR`,
      ]);
    },
  );

  test('what contradicts it is refused, and with it the file that was read by it', async () => {
    const one = '2026-01-02,ABC,buy,1,1.5,0,EUR\n';
    const other = '2026-01-02,ABC,buy,1,"1,5",0,EUR\n';
    const rows = await read(`${header}\n${one}${other}2026-01-02,ABC,buy,1,"1,234",0,EUR\n`);
    expect(rows[1]).toBe(
      '3: price: expected "." for the decimal mark, as "1.5" on line 2 has it, got "1,5"',
    );
    expect(rows[2]).toContain('4: price: expected one decimal mark in the whole file');
    const trusting = `${header}\n${one}2026-01-02,ABC,buy,1,"1,234",0,EUR\n${other}`;
    await expect(read(trusting)).rejects.toThrow('"1,234" on line 3 can be read in both ways');
    const dates = `${header}\n01/31/2026,A,buy,1,1,0,EUR\n02/03/2026,A,buy,1,1,0,EUR\n31/01/2026,A,buy,1,1,0,EUR\n`;
    await expect(read(dates)).rejects.toThrow(/^line 4: expected "month\/day\/year"/);
  });
});

describe('a bad row has its line and its reason', () => {
  test.for<[string, string]>([
    ['2026-01-02,ABC,buy,0,1,0,EUR', 'quantity: expected more than 0, got 0'],
    ['2026-01-02,ABC,buy,-1,1,0,EUR', 'quantity: expected no negative number in a buy, got "-1"'],
    ['2026-01-02,ABC,buy,1,one,0,EUR', 'price: expected a number'],
    ['2026-01-02,ABC,buy,1,-1,0,EUR', 'price: expected no negative number, got "-1"'],
    ['2026-01-02,ABC,buy,1,,0,EUR', 'price: expected a price, or an amount'],
    ['2026-01-02,ABC,split,1,1,0,EUR', 'side: expected buy or sell, got "split": splits are not'],
    ['2026-01-02,ABC,sell short,1,1,0,EUR', 'side: .* short sales are not supported'],
    ['2026-01-02,ABC,buy to cover,1,1,0,EUR', 'side: .* cover a short sale are not supported'],
    ['2026-01-02,ABC,constructor,1,1,0,EUR', 'side: expected buy or sell, got "constructor"$'],
    ['2026-01-02,ABC,__proto__,1,1,0,EUR', 'side: expected buy or sell, got "__proto__"$'],
    ['2026-01-02,ABC,toString,1,1,0,EUR', 'side: expected buy or sell, got "toString"$'],
    ['2026-01-02,,buy,1,1,0,EUR', 'symbol: expected 1 to 32 characters that can be seen, got ""'],
    [`2026-01-02,${'A'.repeat(33)},buy,1,1,0,EUR`, 'symbol: expected 1 to 32 characters'],
    ['2026-01-02,A\u200bC,buy,1,1,0,EUR', String.raw`symbol: .* got "A\\u{200b}C"`],
    ['2026-01-02,ABC,buy,1\0,1,0,EUR', String.raw`quantity: expected text, got "1\\u\{0\}"`],
    [
      '2026-01-02,ABC,buy,1,1,0,€',
      'currency: expected three letters of ISO 4217 such as EUR, got "€"',
    ],
    ['2026-01-02,ABC,buy,1,1,0,XYZ', 'currency: expected three letters of ISO 4217'],
    ['2026-01-02,ABC,buy,1,1,0,gbp', 'currency: expected GBP for pounds or GBX for pence'],
    ['2026-01-02,ABC,buy,1,1,0,USd', 'currency: .* may mean hundredths'],
    ['2026-01-02,ABC,buy,1,1,1,GBX', 'fees: expected a column with the currency of the fees'],
    ['2026-01-02 or so,ABC,buy,1,1,0,EUR', 'date: expected nothing but a time'],
    ['0000-01-01,ABC,buy,1,1,0,EUR', 'date: expected a year'],
    ['02/01/2026,ABC,buy,1,1,0,EUR', 'date: expected something that can be read in one way only'],
    ['2026-01-02,ABC,buy,1,1,0', 'expected 7 fields as in the header, got 6'],
    ['2026-01-02,ABC,buy,1,5,0,1,EUR', 'expected 7 fields as in the header, got 8'],
  ])('%s', async ([row, reason]) => {
    const rows = await read(`${header}\n\n${row}\n2026-01-02,ABC,buy,10,1.5,0,EUR\n`);
    expect(rows[0]).toMatch(new RegExp(`^3: ${reason}`));
    expect(rows[1]).toBe('4: 2026-01-02 ABC buy 10 1.5 0 EUR');
  });

  test('and its column as the file calls it', async () => {
    const text = `Trade Date,ticker,side,Menge,price,currency\n2026-01-02,ABC,buy,1 2,1,EUR\n`;
    const { rows } = await openRows(() => inBytes(text), plainReading);
    expect((await Array.fromAsync(rows)).flat()).toMatchObject([{ line: 2, column: 'Menge' }]);
  });
});

describe('prices, amounts and fees', () => {
  const amounts = 'date,symbol,side,quantity,price,amount,fees,currency';
  const rowOf = (values: string) => `${amounts}\n2026-01-02,ABC,${values}\n`;

  test.for<[string, string]>([
    ['buy,10,1.5,15,0,EUR', 'buy 10 1.5 0 EUR'],
    ['buy,10,1.5,-15.00,0,EUR', 'buy 10 1.5 0 EUR'],
    ['buy,10,1.5,-16.00,1,EUR', 'buy 10 1.5 1 EUR'],
    ['sell,10,1.5,14.00,1,EUR', 'sell 10 1.5 1 EUR'],
    ['buy,0.902079,110.855,100.00,0,EUR', 'buy 0.902079 110.855 0 EUR'],
    ['buy,10,,15,0,EUR', 'buy 10 1.5 0 EUR'],
    ['buy,3,,100,,EUR', 'buy 3 33.333333333333333333 100 0 EUR'],
    ['sell,-10,1.5,15,-1,EUR', 'sell 10 1.5 1 EUR'],
    ['buy,100,72.5,7250,0,GBp', 'buy 100 0.725 0 GBP'],
    ['buy,100,72.5,72.50,0,GBX', 'buy 100 0.725 0 GBP'],
    ['buy,100,72.5,,,ILA', 'buy 100 0.725 0 ILS'],
    ['buy,100,72.5,,,ZAc', 'buy 100 0.725 0 ZAR'],
  ])('%s is %s', async ([row, expected]) => {
    expect(await read(rowOf(row))).toEqual([`2: 2026-01-02 ABC ${expected}`]);
  });

  test.for<[string, string]>([
    ['buy,10,150,1620,0,EUR', 'amount: expected about quantity × price = 1500, got "1620"'],
    ['buy,1,5,500,0,EUR', 'amount: expected about quantity × price = 5'],
    ['buy,100,72.5,72.50,0,GBP', 'amount: expected about'],
    ['buy,10,,15,1,EUR', 'amount: expected a price, since nothing tells whether'],
    ['buy,10,,725,0,GBp', 'amount: expected a price, since nothing tells'],
  ])('%s is refused', async ([row, expected]) => {
    expect((await read(rowOf(row)))[0]).toContain(`2: ${expected}`);
  });

  test('what does not agree is left out where the caller says so', async () => {
    expect(await read(rowOf('buy,10,150,1620,0,EUR'), { ignore: ['amount'] })).toEqual([
      '2: 2026-01-02 ABC buy 10 150 0 EUR',
    ]);
  });

  test('fees of both signs are refused', async () => {
    const text = `${header}\n2026-01-02,ABC,buy,1,1,-1,EUR\n2026-01-02,ABC,buy,1,1,1,EUR\n`;
    await expect(read(text)).rejects.toThrow(
      'line 3: fees: expected all fees of the file with the',
    );
  });

  test('several columns of fees add up where the caller names them', async () => {
    const text =
      'date,symbol,side,quantity,price,commission,stamp duty,currency\n2026-01-02,ABC,buy,1,1,2,0.5,EUR\n';
    expect((await read(text))[0]).toContain('map=fees=commission&map=fees=stamp duty');
    const map = ['commission', 'Stamp Duty'].map((name) => ({
      field: 'fees' as const,
      header: name,
    }));
    expect(await read(text, { map })).toEqual(['2: 2026-01-02 ABC buy 1 1 2.5 EUR']);
    const one = text.replace(',2,0.5,', ',0,0.5,');
    expect(await read(one)).toEqual(['2: 2026-01-02 ABC buy 1 1 0.5 EUR']);
  });

  test.for<[string, string, string]>([
    ['Platform charge', '1.00', 'expected to know what the column "Platform charge" is'],
    ['fee currency', 'USD', 'expected fees in EUR like the trade, got "USD"'],
    ['tax', '1.00', 'tax: expected no tax on a trade, got 1.00'],
    ['multiplier', '100', 'multiplier: expected 1, got "100"'],
    ['asset class', 'OPT', 'assetClass: expected something that is held by the piece'],
    ['fx rate', '1.08', 'exchangeRate: expected a price and an amount beside a rate'],
    ['remarks', 'Cancelled', 'expected to know what the column "remarks" is, got "Cancelled"'],
    ['status', 'maybe', 'state: expected the state of an order'],
    ['status', '', 'state: expected the state of an order'],
  ])('%s: %s is refused', async ([name, value, reason]) => {
    const text = `${header},${name}\n2026-01-02,ABC,buy,1,1,1,EUR,${value}\n`;
    expect((await read(text))[0]).toContain(reason);
    const { unusedColumns } = await openRows(() => inBytes(text), plainReading);
    expect(unusedColumns).toEqual(['Platform charge', 'remarks'].includes(name) ? [name] : []);
  });
});

describe('a file is refused', () => {
  test('when it is empty', async () => {
    await expect(read('')).rejects.toThrow('line 1: expected a header, got an empty file');
  });

  test('when columns are missing, with what they may be called', async () => {
    await expect(read('date,symbol\n')).rejects.toThrow(
      'line 1: expected a header with side (side, type, action, buysell); quantity (quantity, qty, shares, units); currency (currency, ccy, currencycode, currencyprimary); price (price, unitprice, pricepershare, priceshare) as well, got "date", "symbol". Name columns with map=side=…',
    );
  });

  test('when two columns could be the same', async () => {
    await expect(read(`${header},ticker\n`)).rejects.toThrow(
      'line 1: expected one column for symbol, got "symbol", "ticker". Name one with map=symbol=…',
    );
  });

  test.for<[string, number[], string]>([
    ['gzip', [0x1f, 0x8b, 8, 0], 'got a gzip archive. Unpack it with gunzip'],
    ['Excel', [0x50, 0x4b, 3, 4], 'an Excel workbook'],
    ['Windows-1252', [...Buffer.from(`${header}\n`), 0xfc], 'line 2: expected text in UTF-8'],
    ['UTF-16 without a mark', [...Buffer.from(header, 'utf16le')], 'Say encoding=utf-16le'],
    ['big-endian UTF-16', [...Buffer.from(header, 'utf16le').swap16()], 'encoding=utf-16be'],
  ])('when it is %s', async ([, bytes, reason]) => {
    await expect(read(Uint8Array.from(bytes))).rejects.toThrow(reason);
  });

  test.for<[string, string]>([
    ['small', '2026-01-02,ABC,buy,10,1.5,0,EUR\n'.repeat(5)],
    ['large', '2026-01-02,ABC,buy,10,1.5,0,EUR\n'.repeat(10_000)],
    ['with other quotes', '2026-01-02,"ABC",buy,10,1.5,0,EUR\n'.repeat(5)],
  ])('at the line where a quote opens that is never closed: %s', async ([, rest]) => {
    const open = '2026-01-02,"ABC,buy,10,1.5,0,EUR\n';
    await expect(read(`${header}\n2026-01-02,ABC,buy,1,1,0,EUR\n\n${open}${rest}`)).rejects.toThrow(
      /^line 4: expected CSV, got a row that begins on this line/,
    );
  });

  test('when a row has no end', async () => {
    await expect(read(`${header}\n${'a,'.repeat(100_000)}`)).rejects.toThrow(
      /^line [12]: expected/,
    );
  });
});
