import type { Preset } from './preset.ts';

export const fidelity = {
  name: 'fidelity',
  title: 'Fidelity, history of all accounts',
  source: {
    what: 'a test file of an importer for Beancount',
    at: 'https://github.com/redstreet/beancount_reds_importers/blob/032b8be82a66e6dd0b0554b426d14d13a7f9cd53/beancount_reds_importers/importers/fidelity/tests/fidelity_all_accounts_csv/fidelity_csv_all_accounts_transactions_20251204.csv',
    read: '2026-11-25',
  },
  map: {
    date: ['Run Date'],
    side: ['Action'],
    symbol: ['Symbol'],
    currency: ['Currency'],
    price: ['Price'],
    quantity: ['Quantity'],
    fees: ['Commission', 'Fees'],
    amount: ['Amount'],
  },
  // Of the currency of the exchange, whose columns are not read.
  ignore: ['Exchange Rate'],
  decimal: '.',
  dates: 'mdy',
  kinds: {
    'you bought*': 'buy',
    'you sold*': 'sell',
    'reinvestment*': 'buy',
    'dividend received*': 'cash',
    'long-term cap gain*': 'cash',
    'short-term cap gain*': 'cash',
    'interest earned*': 'cash',
    'muni exempt int*': 'cash',
    'foreign tax paid*': 'cash',
    'direct deposit*': 'cash',
    'check received*': 'cash',
    'check paid*': 'cash',
  },
  preamble: true,
  footer: /^Date downloaded/,
  refuses: [
    'Bonds, whose price is for a hundred and whose amount has accrued interest in it',
    'Redemptions, mergers, splits, transfers of money or shares between accounts',
    'Options, and short sales',
    'Everything of several accounts together: import them into one portfolio each, by an export of each',
  ],
} as const satisfies Preset;
