import type { Preset } from './preset.ts';

export const scalable = {
  name: 'scalable',
  title: 'Scalable Capital, transactions',
  source: {
    what: 'a sample of the export in an importer for Ghostfolio',
    at: 'https://github.com/dickwolff/Export-To-Ghostfolio/blob/78233b9af9053d668a29714480de0043d0a2c621/samples/scalablecapital-export.csv',
    read: '2026-11-25',
  },
  map: {
    date: ['date'],
    time: ['time'],
    state: ['status'],
    reference: ['reference'],
    assetClass: ['assetType'],
    side: ['type'],
    symbol: ['isin'],
    quantity: ['shares'],
    price: ['price'],
    amount: ['amount'],
    fees: ['fee'],
    tax: ['tax'],
    currency: ['currency'],
  },
  decimal: ',',
  kinds: {
    'savings plan': 'buy',
    distribution: 'cash',
    deposit: 'cash',
    withdrawal: 'cash',
    taxes: 'cash',
    interest: 'cash',
    fee: 'cash',
  },
  refuses: [
    'Trades with taxes, such as those on the gain of a sell',
    'Corporate actions and transfers of securities',
    'States other than those of the table of columns',
  ],
} as const satisfies Preset;
