import type { Preset } from './preset.ts';

export const portfolioPerformance = {
  name: 'portfolio-performance',
  title: 'Portfolio Performance, transactions of a securities account in English',
  source: {
    what: 'the exporter itself',
    at: 'https://github.com/portfolio-performance/portfolio/blob/19774fcdf42ba33bfea7df561279737d334e9d10/name.abuchen.portfolio/src/name/abuchen/portfolio/datatransfer/csv/exporter/CSVExporter.java',
    read: '2026-11-25',
  },
  map: {
    date: ['Date'],
    side: ['Type'],
    // Its sign differs between the exports of securities and of money; that of neither tells more
    // than the type.
    netAmount: ['Value'],
    currency: ['Transaction Currency'],
    fees: ['Fees'],
    tax: ['Taxes'],
    quantity: ['Shares'],
    symbol: ['ISIN'],
  },
  optional: { exchangeRate: ['Exchange Rate'] },
  ignore: ['Gross Amount', 'Currency Gross Amount'],
  kinds: {
    dividend: 'cash',
    deposit: 'cash',
    removal: 'cash',
    interest: 'cash',
    'interest charge': 'cash',
    fees: 'cash',
    'fees refund': 'cash',
    taxes: 'cash',
    'tax refund': 'cash',
  },
  refuses: [
    'Securities in another currency than the account, since the rate alone does not give their price',
    'Securities without an ISIN: say `map=symbol=Ticker Symbol` where all have a ticker',
    'Taxes on a trade',
    'Deliveries and transfers of securities',
    'Exports in another language than English',
  ],
} as const satisfies Preset;
