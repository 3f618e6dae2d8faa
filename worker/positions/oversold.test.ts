import { expect, test } from 'vitest';
import { Exact } from '../import/number.ts';
import { findOversold, type OrderedTrade } from './oversold.ts';

let line = 1;

/** A trade as `+5` bought or `-5` sold, new unless it is marked `old`. */
function trade(amount: string, symbol = 'ABC'): OrderedTrade {
  const [signed = '', age] = amount.split(' ');
  return {
    symbol,
    currency: 'EUR',
    date: '2026-01-02',
    side: signed.startsWith('-') ? 'sell' : 'buy',
    quantity: new Exact(signed).abs(),
    line: ++line,
    isNew: age !== 'old',
  };
}

async function blamed(...trades: OrderedTrade[]): Promise<(OrderedTrade | undefined)[]> {
  async function* all() {
    for (const each of trades) yield await Promise.resolve(each);
  }
  const found = await Array.fromAsync(findOversold(all()));
  return found.map((row) => trades.find((each) => each.line === row.line));
}

test('selling what is held is fine', async () => {
  expect(await blamed(trade('+5'), trade('-3'), trade('-2'))).toEqual([]);
});

test('a sell of more than is held is to blame, and what comes after it is judged without it', async () => {
  const tooMuch = trade('-6');
  expect(await blamed(trade('+5'), tooMuch, trade('-5'))).toEqual([tooMuch]);
});

test('one symbol does not lend to another', async () => {
  const tooMuch = trade('-1', 'XYZ');
  expect(await blamed(trade('+5'), tooMuch)).toEqual([tooMuch]);
});

test('a new sell that leaves too little for an old one is to blame, the latest first', async () => {
  const early = trade('-1');
  const late = trade('-2');
  expect(await blamed(trade('+5 old'), early, late, trade('-4 old'))).toEqual([late]);
  expect(await blamed(trade('+5 old'), early, late, trade('-5 old'))).toEqual([late, early]);
});

test('old trades that do not add up are a fault of the database', async () => {
  await expect(blamed(trade('+1 old'), trade('-2 old'))).rejects.toThrow(
    'The stored trades of ABC EUR sell more than they buy.',
  );
});
