import type { Preset } from './preset.ts';

const source = {
  what: 'a table of the columns in several years of the export',
  at: 'https://github.com/jose-pleonasm/Halir/blob/1ebe1e0aa13cb7cc351f63f4f48d7b57017fb2dc/docs/degiro/transactions-versions.md',
  read: '2026-11-25',
} as const;

const refuses = [
  'Fees in another currency than the trade, which is any trade in a foreign currency with a fee',
  'Exports in another language than English',
  'The account statement, which is another export',
] as const;

const common = {
  date: ['Date'],
  time: ['Time'],
  symbol: ['ISIN'],
  quantity: ['Quantity'],
  price: ['Price'],
  currency: ['Price >'],
  grossAmount: ['Local value'],
  reference: ['Order ID'],
} as const;

export const degiro = {
  name: 'degiro',
  title: 'DEGIRO, transactions in English of an account in euros',
  source,
  map: {
    ...common,
    fees: ['AutoFX Fee', 'Transaction and/or third party fees EUR'],
  },
  ignore: ['Value EUR', 'Exchange rate', 'Total EUR'],
  constants: { feeCurrency: 'EUR' },
  dates: 'dmy',
  feeSign: '-',
  signedQuantity: true,
  refuses,
} as const satisfies Preset;

export const degiroOld = {
  name: 'degiro-old',
  title:
    'DEGIRO, transactions in English as they were exported before there was a column for AutoFX',
  source,
  map: {
    ...common,
    fees: ['Transaction and/or third'],
    feeCurrency: ['Transaction and/or third >'],
  },
  ignore: ['Value', 'Exchange rate', 'Total'],
  dates: 'dmy',
  feeSign: '-',
  signedQuantity: true,
  refuses,
} as const satisfies Preset;
