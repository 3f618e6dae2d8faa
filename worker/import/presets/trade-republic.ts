import type { Preset } from './preset.ts';

export const tradeRepublic = {
  name: 'trade-republic',
  title: 'Trade Republic, transactions',
  source: {
    what: 'a sample of the export in an importer for Wealthfolio',
    at: 'https://github.com/blastik/trade-republic-importer-addon/blob/022e1137b23564f77a0d522285790a1f711897aa/src/__fixtures__/tr-sample.csv',
    read: '2026-11-25',
  },
  map: {
    date: ['date'],
    time: ['datetime'],
    side: ['type'],
    assetClass: ['asset_class'],
    symbol: ['symbol'],
    quantity: ['shares'],
    price: ['price'],
    amount: ['amount'],
    fees: ['fee'],
    tax: ['tax'],
    currency: ['currency'],
    exchangeRate: ['fx_rate'],
    reference: ['transaction_id'],
  },
  decimal: '.',
  feeSign: '-',
  kinds: {
    dividend: 'cash',
    interest_payment: 'cash',
    customer_inbound: 'cash',
    customer_outbound_request: 'cash',
    transfer_inbound: 'cash',
    transfer_outbound: 'cash',
    transfer_instant_inbound: 'cash',
    card_transaction: 'cash',
    card_ordering_fee: 'cash',
    // The money alone: what it buys is a row of its own.
    benefits_saveback: 'cash',
    stockperk: 'cash',
  },
  refuses: [
    'Free receipts, migrations, mergers and other deliveries of securities',
    'Trades with taxes, such as those on the gain of a sell',
    'Trades whose date is another than that of their time, which is in UTC: say `map=date=datetime`',
  ],
} as const satisfies Preset;
