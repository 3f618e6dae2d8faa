import type { Side } from './transaction.ts';

/** What brokers call a trade, in lower case. */
const sides = new Map<string, Side>([
  ...['buy', 'b', 'bought', 'purchase', 'kauf', 'kaufen', 'achat', 'compra', 'acquisto'].map(
    (word) => [word, 'buy'] as const,
  ),
  ...['sell', 's', 'sold', 'sale', 'verkauf', 'verkaufen', 'vente', 'venta', 'vendita'].map(
    (word) => [word, 'sell'] as const,
  ),
]);

/** Money that comes or goes and leaves every position as it is. */
const cashOnly = new Set([
  'dividend',
  'cash dividend',
  'dividende',
  'dividendo',
  'distribution',
  'ausschüttung',
  'interest',
  'zinsen',
  'intérêts',
  'interés',
  'deposit',
  'einzahlung',
  'dépôt',
  'withdrawal',
  'auszahlung',
  'retrait',
]);

/** What changes a position in a way that is not supported, by a part of its name. */
const unsupported: readonly (readonly [RegExp, string])[] = [
  [/split/, 'splits'],
  [/short|leerverkauf/, 'short sales'],
  [/cover|eindeckung/, 'buys that cover a short sale'],
  [/to open|to close|option|exercis|assign|expir/, 'options'],
  [/reinvest|drip/, 'reinvested dividends under this name'],
  [/spin|merger|fusion|rights|bezugsrecht|conversion|umtausch|corporate/, 'corporate actions'],
  [
    /transfer|deliver|receive|einlieferung|auslieferung|umbuchung|übertrag/,
    'transfers of securities',
  ],
  [/cancel|storno|revers|correct/, 'cancelled or reversed trades'],
  [/bonus|gift|stock dividend|scrip|stockdividende/, 'shares that were not bought'],
];

/** What a row is: a trade, money alone, or something that has no name here. */
export function kindOf(word: string): Side | 'cash' | undefined {
  const lower = word.toLowerCase();
  return sides.get(lower) ?? (cashOnly.has(lower) ? 'cash' : undefined);
}

/** The name of what a word stands for, where it is known not to be supported. */
export function unsupportedKind(word: string): string | undefined {
  const lower = word.toLowerCase();
  return unsupported.find(([part]) => part.test(lower))?.[1];
}

const states = new Map<string, 'executed' | 'not executed'>([
  ...[
    'executed',
    'filled',
    'fill',
    'completed',
    'complete',
    'done',
    'settled',
    'booked',
    'confirmed',
    'ausgeführt',
    'abgerechnet',
    'gebucht',
    'erledigt',
    'exécuté',
    'ejecutada',
    'eseguito',
  ].map((word) => [word, 'executed'] as const),
  ...[
    'cancelled',
    'canceled',
    'rejected',
    'reverted',
    'reversed',
    'expired',
    'pending',
    'open',
    'new',
    'working',
    'failed',
    'deleted',
    'declined',
    'void',
    'voided',
    'unfilled',
    'storniert',
    'gestrichen',
    'abgelehnt',
    'abgelaufen',
    'gelöscht',
    'offen',
    'ausstehend',
    'annulé',
    'rejeté',
    'expiré',
    'cancelada',
    'rechazada',
    'pendiente',
    'annullato',
  ].map((word) => [word, 'not executed'] as const),
]);

/** Whether an order in this state was executed; undefined for a state that has no name here. */
export function isExecuted(word: string): boolean | undefined {
  const state = states.get(word.toLowerCase());
  return state && state === 'executed';
}

/** Whether a field of a column that nobody reads says that the row is no executed order. */
export function looksNotExecuted(text: string): boolean {
  const tooLong = text.length > 12;
  if (tooLong) return false;
  const lower = text.toLowerCase();
  // Short words that are common elsewhere: an open price, a new account.
  return states.get(lower) === 'not executed' && lower !== 'open' && lower !== 'new';
}

const wordsOf = (map: ReadonlyMap<string, string>, value: string) =>
  [...map].filter(([, each]) => each === value).map(([word]) => word);

/** The words of a trade, for the documentation. */
export const sideWords = { buy: wordsOf(sides, 'buy'), sell: wordsOf(sides, 'sell') };
export const cashWords: readonly string[] = [...cashOnly];
export const stateWords = {
  executed: wordsOf(states, 'executed'),
  notExecuted: wordsOf(states, 'not executed'),
};
