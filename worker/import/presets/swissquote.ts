import type { Preset } from './preset.ts';

export const swissquote = {
  name: 'swissquote',
  title: 'Swissquote, transactions in English',
  source: {
    what: 'a sample of the export in an importer for Ghostfolio',
    at: 'https://github.com/dickwolff/Export-To-Ghostfolio/blob/9f19841037da7026ec45298618bf17a44380122f/samples/swissquote-export.csv',
    read: '2026-11-25',
  },
  map: {
    date: ['Date'],
    reference: ['Order #'],
    side: ['Transaction'],
    symbol: ['ISIN'],
    quantity: ['Quantity'],
    price: ['Unit price'],
    fees: ['Costs'],
    netAmount: ['Net Amount'],
    currency: ['Currency'],
  },
  ignore: ['Accrued Interest'],
  decimal: '.',
  dates: 'dmy',
  kinds: {
    dividend: 'cash',
    debit: 'cash',
    credit: 'cash',
    'forex credit': 'cash',
    'forex debit': 'cash',
    'custody fees': 'cash',
    interests: 'cash',
    payment: 'cash',
  },
  refuses: [
    'Bonds, whose net amount has accrued interest in it',
    'Corporate actions, transfers of securities and crypto deposits',
    'Exports in another language than English',
  ],
} as const satisfies Preset;
