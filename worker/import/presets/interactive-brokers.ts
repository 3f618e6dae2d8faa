import type { Preset } from './preset.ts';

export const interactiveBrokersFlex = {
  name: 'ibkr-flex',
  title: 'Interactive Brokers, Flex Query of trades',
  source: {
    what: 'a sample of the export in an importer for Ghostfolio',
    at: 'https://github.com/dickwolff/Export-To-Ghostfolio/blob/5d4cb1603c6eb50818f9ca296d51309edb051726/samples/ibkr-trades-export.csv',
    read: '2026-11-25',
  },
  map: {
    side: ['Buy/Sell'],
    date: ['TradeDate'],
    symbol: ['ISIN'],
    quantity: ['Quantity'],
    price: ['TradePrice'],
    currency: ['CurrencyPrimary'],
    fees: ['IBCommission'],
    feeCurrency: ['IBCommissionCurrency'],
  },
  optional: {
    time: ['DateTime'],
    grossAmount: ['TradeMoney'],
    reference: ['TradeID'],
    multiplier: ['Multiplier'],
    assetClass: ['AssetClass'],
    tax: ['Taxes'],
  },
  // The rate to the currency of the account: prices are in that of the trade.
  ignore: ['FXRateToBase'],
  decimal: '.',
  feeSign: '-',
  refuses: [
    'Conversions of currencies, which have no ISIN',
    'Commissions in another currency than the trade, and rebates',
    'Cancelled trades, such as `BUY (Ca.)`',
    'Options, futures and other contracts',
    'Taxes on a trade, such as a stamp duty',
  ],
} as const satisfies Preset;
