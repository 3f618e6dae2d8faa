import { expect, test } from 'vitest';
import { places, toUnits } from '../import/fixed.ts';
import { OversoldFinder, Refused, type OrderedTrade } from './oversold.ts';

let line = 1;

/** A trade as `+5` bought or `-5` sold, new unless it is marked `old`. */
function trade(amount: string): OrderedTrade {
  const [signed = '', age] = amount.split(' ');
  return {
    date: '2026-01-02',
    side: signed.startsWith('-') ? 'sell' : 'buy',
    quantity: toUnits(signed.slice(1), places),
    amount: 0n,
    fees: 0n,
    line: ++line,
    isNew: age !== 'old',
  };
}

function blamed(...trades: OrderedTrade[]): (OrderedTrade | undefined)[] {
  const refused = new Refused();
  const finder = new OversoldFinder({ symbol: 'ABC', currency: 'EUR' }, 0n, refused);
  for (const each of trades) finder.add(each);
  return refused.lines.map((blame) => trades.find((each) => each.line === blame));
}

test('selling what is held is fine', () => {
  expect(blamed(trade('+5'), trade('-3'), trade('-2'))).toEqual([]);
});

test('a sell of more than is held is to blame, and what comes after it is judged without it', () => {
  const tooMuch = trade('-6');
  expect(blamed(trade('+5'), tooMuch, trade('-5'))).toEqual([tooMuch]);
});

test('a new sell that leaves too little for an old one is to blame, the latest first', () => {
  const early = trade('-1');
  const late = trade('-2');
  expect(blamed(trade('+5 old'), early, late, trade('-4 old'))).toEqual([late]);
  expect(blamed(trade('+5 old'), early, late, trade('-5 old'))).toEqual([late, early]);
});

test('old trades that do not add up are a fault of the database', () => {
  expect(() => blamed(trade('+1 old'), trade('-2 old'))).toThrow(
    'expected enough ABC (EUR) for the 2 sold on 2026-01-02, got 1',
  );
});
