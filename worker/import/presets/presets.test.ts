import { describe, expect, test } from 'vitest';
import { inBytes } from '../../testing/text.ts';
import { plainReading, type Reading } from '../reading.ts';
import { openRows } from '../read-rows.ts';
import { presets } from './presets.ts';

type Name = NonNullable<Reading['preset']>;

async function read(preset: Name, lines: readonly string[]): Promise<string[]> {
  const { rows } = await openRows(() => inBytes(lines.join('\n')), { ...plainReading, preset });
  return (await Array.fromAsync(rows)).flat().map((row) => {
    if ('reason' in row) return `${row.line}: ${row.reason}`;
    if ('leftOut' in row) return `${row.line}: left out, ${row.leftOut}`;
    const { date, time, symbol, side, quantity, price, amount, fees, currency } = row.transaction;
    const values = [date, time, symbol, side, quantity, price, amount, fees, currency];
    return `${row.line}: ${values.filter((value) => value !== null).join(' ')}`;
  });
}

/** Our own files in the form of the exports; all values are invented. */
const files: Record<Name, { readonly lines: readonly string[]; readonly rows: readonly string[] }> =
  {
    'ibkr-flex': {
      lines: [
        '"Buy/Sell","TradeDate","ISIN","Quantity","TradePrice","TradeMoney","CurrencyPrimary","IBCommission","IBCommissionCurrency","FXRateToBase","AssetClass"',
        '"BUY","20260105","XX0000000011","7","281.5","1970.5","CHF","-5","CHF","1.07","STK"',
        '"SELL","20260106","XX0000000011","-2","290","-580","CHF","-1.25","CHF","1.07","STK"',
        '"SELL","20260107","","-8000","1.11","-8880","USD","-1.8","CHF","1","CASH"',
        '"BUY","20260108","XX0000000029","1","100","100","USD","-1","CHF","1","STK"',
        '"BUY","20260108","XX0000000029","1","100","100","USD","0.1","USD","1","STK"',
        '"BUY (Ca.)","20260108","XX0000000029","1","100","100","USD","-1","USD","1","STK"',
        '"BUY","20260108","XX0000000037","1","5","500","USD","-1","USD","1","OPT"',
      ],
      rows: [
        '2: 2026-01-05 XX0000000011 buy 7 281.5 5 CHF',
        '3: 2026-01-06 XX0000000011 sell 2 290 1.25 CHF',
        '4: symbol: expected 1 to 32 characters that can be seen, got ""',
        '5: feeCurrency: expected fees in USD like the trade, got "CHF". Convert them',
        '6: fees: expected a fee, which this export writes with "-", got what must be a rebate: 0.1. Rebates are not supported',
        '7: side: expected buy or sell, got "BUY (Ca.)"',
        '8: assetClass: expected something that is held by the piece, got "OPT". Contracts are not supported',
      ],
    },
    schwab: {
      lines: [
        '"Transactions  for account XXXX-0000 as of 02/01/2026"',
        '"Date","Action","Symbol","Description","Quantity","Price","Fees & Comm","Amount"',
        '"01/08/2026","Sell","AAA","ALPHA INC","1,000","$8.46","$10.00","$8,450.00"',
        '"01/07/2026","Reinvest Shares","BBB","BETA INC","1.6531","$420.10","","-$694.47"',
        '"01/07/2026","Reinvest Dividend","BBB","BETA INC","","","","$694.47"',
        '"01/06/2026 as of 01/05/2026","Buy","AAA","ALPHA INC","1","$8.00","","-$8.00"',
        '"01/06/2026","Stock Split","AAA","ALPHA INC","9","$8.00","",""',
        '"01/05/2026","Journaled Shares","AAA","ALPHA INC","-877","$22.91","",""',
        '"01/05/2026","Wire Sent","","WIRED FUNDS","","","","-$100000.00"',
        '"Transactions Total","","","","","","","-$26,582.91"',
      ],
      rows: [
        '3: 2026-01-08 AAA sell 1000 8.46 10.00 USD',
        '4: 2026-01-07 BBB buy 1.6531 420.10 0 USD',
        '5: left out, reinvest dividend',
        '6: date: expected nothing but a time such as 09:30 after the date, got "01/06/2026 as of 01/05/2026"',
        '7: side: expected buy or sell, got "Stock Split": splits are not supported. Leave the row out',
        '8: side: expected buy or sell, got "Journaled Shares"',
        '9: left out, wire sent',
      ],
    },
    fidelity: {
      lines: [
        '',
        'Run Date,Account,Account Number,Action,Symbol,Description,Type,Exchange Quantity,Exchange Currency,Currency,Price,Quantity,Exchange Rate,Commission,Fees,Accrued Interest,Amount,Settlement Date',
        '01/05/2026,"A","1","YOU BOUGHT ALPHA INC (AAA) (Margin)",AAA,"ALPHA INC",Margin,0,,USD,200.50,18,0,4.95,0.05,,-3614,01/06/2026',
        '01/06/2026,"A","1","YOU SOLD ALPHA INC (AAA) (Margin)",AAA,"ALPHA INC",Margin,0,,USD,210,-8,0,,,,1680,01/07/2026',
        '01/07/2026,"A","1","DIVIDEND RECEIVED ALPHA INC (AAA) (Cash)",AAA,"ALPHA INC",Cash,0,,USD,,0.000,0,,,,3.08,',
        '01/08/2026,"A","1","YOU BOUGHT A BOND",999999ZZ9,"A BOND",Cash,0,,USD,90.5,55000,0,,,285.69,-50060.69,',
        '01/09/2026,"A","1","MERGER MER FROM BETA",BBB,"BETA",Shares,0,,USD,,1060,0,,,,30246.04,',
        '',
        'Date downloaded 01/31/2026 3:00 pm',
      ],
      rows: [
        '3: 2026-01-05 AAA buy 18 200.50 5 USD',
        '4: 2026-01-06 AAA sell 8 210 0 USD',
        '5: left out, dividend received alpha inc (aaa) (cash)',
        '6: amount: expected about quantity × price = 4977500, got "50060.69". Is the price for a hundred, in another currency or in hundredths? If the column is something else, leave it out with ignore=Amount',
        '7: side: expected buy or sell, got "MERGER MER FROM BETA": corporate actions are not supported. Leave the row out',
      ],
    },
    degiro: {
      lines: [
        'Date,Time,Product,ISIN,Reference exchange,Venue,Quantity,Price,,Local value,,Value EUR,Exchange rate,AutoFX Fee,Transaction and/or third party fees EUR,Total EUR,Order ID,',
        '05-01-2026,09:15,ALPHA,XX0000000011,XET,XETA,10,95.20,EUR,-952.00,EUR,-952.00,,,-2.00,-954.00,aaa,',
        '06-01-2026,10:00,ALPHA,XX0000000011,XET,XETA,-4,96.00,EUR,384.00,EUR,384.00,,0.00,-2.00,382.00,bbb,',
        '07-01-2026,15:31,BETA,XX0000000029,NDQ,XNAS,1,200.00,USD,-200.00,USD,-185.00,1.0811,-0.46,-2.00,-187.46,ccc,',
      ],
      rows: [
        '2: 2026-01-05 09:15:00 XX0000000011 buy 10 95.20 2.00 EUR',
        '3: 2026-01-06 10:00:00 XX0000000011 sell 4 96.00 2.00 EUR',
        '4: fees: expected fees in USD like the trade, got "EUR". Convert them',
      ],
    },
    'degiro-old': {
      lines: [
        'Date,Time,Product,ISIN,Reference,Venue,Quantity,Price,,Local value,,Value,,Exchange rate,Transaction and/or third,,Total,,Order ID',
        '05-01-2026,09:15,ALPHA,XX0000000011,XET,XETA,10,"95,20",EUR,"-952,00",EUR,"-952,00",EUR,,"-2,00",EUR,"-954,00",EUR,aaa',
        '07-01-2026,15:31,BETA,XX0000000029,NDQ,XNAS,-1,"200,00",USD,"200,00",USD,"185,00",EUR,"1,0811",,,"185,00",EUR,ccc',
      ],
      rows: [
        '2: 2026-01-05 09:15:00 XX0000000011 buy 10 95.20 2.00 EUR',
        '3: 2026-01-07 15:31:00 XX0000000029 sell 1 200.00 0 USD',
      ],
    },
    'trade-republic': {
      lines: [
        '"datetime","date","account_type","category","type","asset_class","name","symbol","shares","price","amount","fee","tax","currency","original_amount","original_currency","fx_rate","description","transaction_id","counterparty_name","counterparty_iban","payment_reference","mcc_code"',
        '"2026-01-05T10:40:16.000000Z","2026-01-05","DEFAULT","CASH","CUSTOMER_INBOUND","","A B","","","","1000.000000","","","EUR","","","","","t1","","","",""',
        '"2026-01-06T11:35:34.000Z","2026-01-06","DEFAULT","TRADING","BUY","FUND","World","XX0000000011","2.0000000000","100.000000","-200.00","-1.00","","EUR","","","","","t2","","","",""',
        '"2026-01-07T11:35:34.000Z","2026-01-07","DEFAULT","TRADING","SELL","FUND","World","XX0000000011","-1.0000000000","101.000000","101.00","-1.00","-0.10","EUR","","","","","t3","","","",""',
        '"2026-01-08T09:05:00.000000Z","2026-01-08","DEFAULT","DELIVERY","FREE_RECEIPT","FUND","World","XX0000000011","10.0000000000","","","","","","","","","","t4","","","",""',
        '"2026-01-08T23:05:00.000000Z","2026-01-09","DEFAULT","TRADING","BUY","FUND","World","XX0000000011","1.0000000000","100.000000","-100.00","","","EUR","","","","","t5","","","",""',
      ],
      rows: [
        '2: left out, customer_inbound',
        '3: 2026-01-06 11:35:34 XX0000000011 buy 2.0000000000 100.000000 1.00 EUR',
        '4: tax: expected no tax on a trade, got -0.10. Count it as a cost with map=fees=…, or leave it out with ignore=…',
        '5: side: expected buy or sell, got "FREE_RECEIPT"',
        '6: time: expected a time on 2026-01-09 as in the column of the date, got "2026-01-08T23:05:00.000000Z". Take the date from this column with map=date=…, or leave it out with ignore=…',
      ],
    },
    scalable: {
      lines: [
        'date;time;status;reference;description;assetType;type;isin;shares;price;amount;fee;tax;currency',
        '2026-01-05;14:11:01;Executed;"S1";"Bonds";Security;Savings plan;XX0000000011;3,505;21,395;-74,989475;0,00;0,00;EUR',
        '2026-01-06;02:00:00;Executed;"S2";"Bonds";Cash;Distribution;XX0000000011;;;56,78;0,00;0,00;EUR',
        '2026-01-07;14:11:01;Pending;"S3";"Bonds";Security;Sell;XX0000000011;0;0,00;0,00;0,00;0,00;EUR',
        '2026-01-08;14:11:01;Executed;"S4";"Bonds";Security;Sell;XX0000000011;1;22,00;22,00;0,00;1,00;EUR',
        '2026-01-09;14:11:01;Held;"S5";"Bonds";Security;Sell;XX0000000011;1;22,00;22,00;0,00;0,00;EUR',
      ],
      rows: [
        '2: 2026-01-05 14:11:01 XX0000000011 buy 3.505 21.395 0 EUR',
        '3: left out, distribution',
        '4: left out, pending',
        '5: tax: expected no tax on a trade, got 1.00. Count it as a cost with map=fees=…, or leave it out with ignore=…',
        '6: state: expected the state of an order, such as executed or cancelled, got "Held". If the column is something else, leave it out with ignore=…',
      ],
    },
    swissquote: {
      lines: [
        'Date;Order #;Transaction;Symbol;Name;ISIN;Quantity;Unit price;Costs;Accrued Interest;Net Amount;Balance;Currency',
        '08-01-2026 07:00:15;00000000;Debit;;;;1.0;2000.00;2.00;0.00;-2002.00;6612.40;CHF',
        '07-01-2026 15:30:02;113947;Sell;AAA;ALPHA;XX0000000011;100.0;21.00;5.00;0.00;2095.00;8614.40;CHF',
        '06-01-2026 15:30:02;113946;Buy;AAA;ALPHA;XX0000000011;200.0;19.85;5.96;0.00;-3975.96;6519.40;CHF',
        '05-01-2026 15:30:02;113945;Buy;BND;BOND;XX0000000029;100.0;10.00;5.00;12.34;-1017.34;6519.40;CHF',
      ],
      rows: [
        '2: left out, debit',
        '3: 2026-01-07 15:30:02 XX0000000011 sell 100.0 21.00 5.00 CHF',
        '4: 2026-01-06 15:30:02 XX0000000011 buy 200.0 19.85 5.96 CHF',
        '5: netAmount: expected about quantity × price = 1000, with or without the fees of 5.00, got "1017.34". Is the price for a hundred, in another currency or in hundredths? If the column is something else, leave it out with ignore=Net Amount',
      ],
    },
    'portfolio-performance': {
      lines: [
        'Date,Ex-Date,Type,Value,Transaction Currency,Gross Amount,Currency Gross Amount,Exchange Rate,Fees,Taxes,Shares,ISIN,WKN,Ticker Symbol,Security Name,Note',
        '2026-01-05T00:00,,Buy,"1,005.00",EUR,,,,5.00,,10,XX0000000011,,AAA,Alpha,',
        '2026-01-06T00:00,,Sell,"-500.00",EUR,,,,2.00,,5,XX0000000011,,AAA,Alpha,',
        '2026-01-07T00:00,,Dividend,78.70,EUR,100.00,USD,1.0800,,13.89,50,XX0000000029,,BBB,Beta,',
        '2026-01-08T00:00,,Buy,"100.00",EUR,108.00,USD,1.0800,,,1,XX0000000029,,BBB,Beta,',
        '2026-01-09T00:00,,Delivery (Inbound),"100.00",EUR,,,,,,1,XX0000000029,,BBB,Beta,',
      ],
      rows: [
        '2: 2026-01-05 00:00:00 XX0000000011 buy 10 100 5.00 EUR',
        '3: 2026-01-06 00:00:00 XX0000000011 sell 5 100.4 2.00 EUR',
        '4: left out, dividend',
        '5: exchangeRate: expected a price and an amount beside a rate of exchange, since nothing else tells which currency a number is in. Leave the rate out with ignore=Exchange Rate if all are in the currency of the row',
        '6: side: expected buy or sell, got "Delivery (Inbound)": transfers of securities are not supported. Leave the row out',
      ],
    },
  };

describe('a preset reads the export, and refuses by name what it cannot express', () => {
  test.for(Object.entries(files) as [Name, (typeof files)[Name]][])('%s', async ([name, file]) => {
    expect(await read(name, file.lines)).toEqual(file.rows);
  });

  test.for(presets.map(({ name }) => name as Name))('%s refuses another file', async (name) => {
    const other = ['date,symbol,side,quantity,price,currency', '2026-01-05,A,buy,1,1,EUR'];
    await expect(read(name, other)).rejects.toThrow(/expected the columns of .*, got none called/);
  });
});

test('each names its public source at a commit, and the day it was read', () => {
  for (const { source } of presets) {
    expect(source.at).toMatch(/^https:\/\/github\.com\/[^/]+\/[^/]+\/blob\/[0-9a-f]{40}\//);
    expect(source.read).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  }
});
