import type { Preset } from './preset.ts';

const cash = [
  'cash dividend',
  'qualified dividend',
  'non-qualified div',
  'special non qual div',
  'special qual div',
  'pr yr cash div',
  'reinvest dividend',
  'qual div reinvest',
  'pr yr div reinvest',
  'long term cap gain',
  'short term cap gain',
  'long term cap gain reinvest',
  'short term cap gain reinvest',
  'credit interest',
  'bank interest',
  'advisor fee',
  'adr mgmt fee',
  'service fee',
  'foreign tax paid',
  'nra tax adj',
  'wire sent',
  'wire received',
  'moneylink transfer',
  'moneylink deposit',
] as const;

export const schwab = {
  name: 'schwab',
  title: 'Charles Schwab, history of a brokerage account',
  source: {
    what: 'a sample of the export in an importer for Ghostfolio',
    at: 'https://github.com/dickwolff/Export-To-Ghostfolio/blob/0192c5df1a351c24d0d648f0b904547726fdae5c/samples/schwab-export.csv',
    read: '2026-11-25',
  },
  map: {
    date: ['Date'],
    side: ['Action'],
    symbol: ['Symbol'],
    quantity: ['Quantity'],
    price: ['Price'],
    fees: ['Fees & Comm'],
    amount: ['Amount'],
  },
  decimal: '.',
  dates: 'mdy',
  sign: '$',
  constants: { currency: 'USD' },
  kinds: {
    // The dividend itself is a row of its own.
    'reinvest shares': 'buy',
    ...Object.fromEntries(cash.map((word) => [word, 'cash' as const])),
  },
  preamble: true,
  footer: /^Transactions Total$/,
  refuses: [
    'Trades with two dates, such as `01/05/2026 as of 01/02/2026`',
    'Stock splits, reverse splits, stock dividends, spin-offs, mergers, conversions and changes of name',
    'Journaled shares, internal transfers, and transfers of securities',
    'Options, and short sales',
  ],
} as const satisfies Preset;
