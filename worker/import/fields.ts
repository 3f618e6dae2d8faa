/** What is known of one kind of column. */
export interface Field {
  /** For people: what stands in it, and how it is written. */
  readonly says: string;
  /** What files call it, by falling preference; compared in lower case, without marks and blanks. */
  readonly names: readonly (readonly string[])[];
  /** What a file cannot do without. */
  readonly required?: true;
}

/** The columns that are read, in the order of the documentation. */
export const fields = {
  date: {
    required: true,
    says: 'The day of the trade: `2026-01-31`, `20260131`, `2026/01/31`, `31.01.2026`, `31/01/2026` or `01/31/2026`. A time may follow. With slashes or hyphens, one date of the file has to show which number is the day.',
    names: [
      [
        'date',
        'tradedate',
        'transactiondate',
        'executiondate',
        'datum',
        'handelsdatum',
        'ausführungsdatum',
        'fecha',
        'data',
      ],
      ['datetime', 'tradedatetime', 'executiontime', 'timestamp'],
    ],
  },
  time: {
    says: 'The time of the trade: `09:30`, `09:30:00`, `093000` or `9:30 AM`. It decides the order within a day.',
    names: [
      ['time', 'tradetime', 'uhrzeit', 'hora', 'heure'],
      ['datetime', 'tradedatetime', 'executiontime', 'timestamp'],
    ],
  },
  symbol: {
    required: true,
    says: 'What was traded, in up to 32 characters. It is kept as it is written; two spellings that differ only in case are refused.',
    names: [
      ['symbol', 'ticker', 'tickersymbol'],
      ['isin'],
      ['wkn'],
      ['instrument', 'security', 'wertpapier'],
    ],
  },
  side: {
    required: true,
    says: 'Buy or sell. Dividends, interest, deposits and withdrawals are counted and left out; anything else is refused.',
    names: [
      [
        'side',
        'type',
        'action',
        'buysell',
        'transactiontype',
        'ordertype',
        'typ',
        'art',
        'transaktion',
        'sens',
        'operacion',
      ],
    ],
  },
  quantity: {
    required: true,
    says: 'How many units. The quantity of a sell may be negative.',
    names: [
      [
        'quantity',
        'qty',
        'shares',
        'units',
        'volume',
        'menge',
        'anzahl',
        'stuck',
        'stück',
        'stücke',
        'cantidad',
        'quantité',
        'quantita',
        'quantità',
      ],
    ],
  },
  price: {
    says: 'For one unit. Where there is none, it is the amount by the quantity.',
    names: [
      [
        'price',
        'unitprice',
        'pricepershare',
        'priceshare',
        'tradeprice',
        'executionprice',
        'kurs',
        'preis',
        'ausführungskurs',
        'precio',
        'prix',
        'cours',
        'prezzo',
      ],
    ],
  },
  amount: {
    says: 'For the whole trade, with its fees or without. Beside a price it is compared with quantity × price, and the row is refused where they differ by more than rounding.',
    names: [
      [
        'amount',
        'total',
        'totalamount',
        'value',
        'tradevalue',
        'transactionvalue',
        'betrag',
        'gesamtbetrag',
        'importe',
        'montant',
      ],
    ],
  },
  grossAmount: {
    says: 'As amount, without the fees.',
    names: [['grossamount', 'proceeds', 'principal', 'kurswert', 'bruttobetrag', 'gross']],
  },
  netAmount: {
    says: 'As amount, with the fees.',
    names: [['netamount', 'netcash', 'nettobetrag', 'net']],
  },
  fees: {
    says: 'All fees are positive or all negative. Several columns of fees are added up, if you name them; else no row may have more than one.',
    names: [
      [
        'fees',
        'fee',
        'commission',
        'commissions',
        'costs',
        'feescomm',
        'feescommissions',
        'commissionfees',
        'totalfees',
        'transactionfee',
        'transactionfees',
        'brokerage',
        'brokeragefee',
        'ibcommission',
        'kommission',
        'stampduty',
        'secfee',
        'exchangefee',
        'gebühr',
        'gebühren',
        'gebuehr',
        'gebuehren',
        'ordergebühr',
        'ordergebühren',
        'provision',
        'spesen',
        'kosten',
        'courtage',
        'frais',
        'comisión',
        'comision',
        'commissioni',
      ],
    ],
  },
  feeCurrency: {
    says: 'The currency of the fees: has to be that of the trade, where there are fees.',
    names: [
      [
        'feecurrency',
        'feescurrency',
        'commissioncurrency',
        'ibcommissioncurrency',
        'currencyfees',
        'gebührenwährung',
        'currencyoffees',
      ],
    ],
  },
  currency: {
    required: true,
    says: 'Three letters of ISO 4217 such as `EUR`. Prices in `GBp`, `GBX`, `ILA` and `ZAc` are hundredths, and become GBP, ILS and ZAR.',
    names: [
      [
        'currency',
        'ccy',
        'currencycode',
        'currencyprimary',
        'währung',
        'waehrung',
        'divisa',
        'devise',
        'valuta',
        'monnaie',
      ],
    ],
  },
  state: {
    says: 'Whether the order was executed. Cancelled, rejected, expired and pending orders are counted and left out; an unknown state is refused.',
    names: [
      [
        'status',
        'state',
        'orderstatus',
        'orderstate',
        'auftragsstatus',
        'estado',
        'statut',
        'stato',
      ],
    ],
  },
  reference: {
    says: 'The number of the trade or order. It tells the same trade in another export from an equal one.',
    names: [
      [
        'transactionid',
        'tradeid',
        'executionid',
        'reference',
        'referencenumber',
        'referenz',
        'transaktionsnummer',
      ],
      ['orderid', 'ordernumber', 'ordernummer', 'id'],
    ],
  },
  multiplier: {
    says: 'Has to be 1: contracts are not supported.',
    names: [['multiplier', 'contractmultiplier', 'contractsize', 'multiplikator', 'kontraktgröße']],
  },
  assetClass: {
    says: 'What kind of thing was traded. Options, futures and other contracts are refused.',
    names: [
      ['assetclass', 'assettype', 'assetcategory', 'securitytype', 'instrumenttype', 'producttype'],
    ],
  },
  tax: {
    says: 'Has to be 0 or empty for a trade: nothing tells whether a tax is part of the cost. Name the column as fees, or have it ignored.',
    names: [
      ['tax', 'taxes', 'steuer', 'steuern', 'impuestos', 'taxe', 'withholdingtax', 'quellensteuer'],
    ],
  },
  exchangeRate: {
    says: 'A rate other than 1 is taken only beside a price and an amount that agree: then both are in the currency of the row.',
    names: [
      [
        'fxrate',
        'exchangerate',
        'fxratetobase',
        'wechselkurs',
        'devisenkurs',
        'umrechnungskurs',
        'tauxdechange',
        'tipodecambio',
      ],
    ],
  },
} as const satisfies Readonly<Record<string, Field>>;

export type FieldName = keyof typeof fields;

export const fieldNames = Object.keys(fields) as FieldName[];

/** How names of columns are compared. */
export function normalise(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** Names of columns that, unread, could change a position, with the field they look like. */
export const lookAlikes: readonly { readonly field: FieldName; readonly part: RegExp }[] = [
  { field: 'feeCurrency', part: /(?:fee|commission|gebühr).*(?:currency|währung)/ },
  {
    field: 'fees',
    part: /fee|commission|commis|charge|gebühr|gebuehr|provision|courtage|spesen|brokerage|levy|duty|frais|comisi|kosten|^cost/,
  },
  { field: 'tax', part: /tax|steuer|impuest/ },
  { field: 'multiplier', part: /multipl|contractsize|lotsize/ },
];
