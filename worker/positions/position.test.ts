import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromUnits, places, productPlaces, toUnits } from '../import/fixed.ts';
import { afterTrade, averageCost, noPosition, type Position, type Trade } from './position.ts';

function trade(side: Trade['side'], quantity: string, price: string, fees = '0'): Trade {
  return {
    side,
    quantity: toUnits(quantity, places),
    amount: toUnits(quantity, places) * toUnits(price, places),
    fees: toUnits(fees, productPlaces),
  };
}

function after(...trades: Trade[]): string[] {
  const position = trades.reduce<Position>(afterTrade, noPosition);
  return [
    fromUnits(position.quantity, places),
    fromUnits(averageCost(position), places),
    fromUnits(position.realisedGain, productPlaces),
  ];
}

test('nothing is held at first', () => {
  expect(after()).toEqual(['0', '0', '0']);
});

test('fees of a buy are part of the cost', () => {
  expect(after(trade('buy', '10', '100', '5'))).toEqual(['10', '100.5', '0']);
});

test('a second buy averages the cost, a sell leaves the average as it is', () => {
  const two = [trade('buy', '10', '100'), trade('buy', '30', '120')];
  expect(after(...two)).toEqual(['40', '115', '0']);
  expect(after(...two, trade('sell', '20', '130', '7'))).toEqual(['20', '115', '293']);
});

test('what floating point cannot add comes out exactly', () => {
  expect(after(trade('buy', '0.1', '1'), trade('buy', '0.2', '1'))).toEqual(['0.3', '1', '0']);
  const tiny = trade('buy', '0.000000000000000001', '999999999999999999');
  expect(after(tiny, tiny)[0]).toBe('0.000000000000000002');
});

test('a third that never ends leaves no crumb when everything is sold', () => {
  const trades = [trade('buy', '3', '1', '0.01'), trade('sell', '1', '1'), trade('sell', '1', '1')];
  expect(after(...trades, trade('sell', '1', '1'))).toEqual(['0', '0', '-0.01']);
});

test('what is bought after everything was sold has its own cost', () => {
  const round = [trade('buy', '1', '100'), trade('sell', '1', '150')];
  expect(after(...round, trade('buy', '2', '10'))).toEqual(['2', '10', '50']);
});

/** The same rules with another arithmetic: decimal.js, in far more digits than are needed. */
function withDecimals(rows: readonly (readonly [bigint, bigint, bigint, number])[]): string[] {
  const Exact = Decimal.clone({ precision: 120, rounding: 6, toExpNeg: -9e15, toExpPos: 9e15 });
  const cents = (number: bigint) => new Exact(number.toString()).div(100);
  let [held, cost, gain] = [new Exact(0), new Exact(0), new Exact(0)];
  for (const [quantity, price, fees, part] of rows) {
    const bought = cents(quantity);
    held = held.plus(bought);
    cost = cost.plus(bought.times(cents(price))).plus(cents(fees));
    const sold = held.times(part).div(4).toDecimalPlaces(places, Decimal.ROUND_DOWN);
    if (sold.isZero()) continue;
    const share = sold.eq(held) ? cost : cost.times(sold).div(held).toDecimalPlaces(places);
    gain = gain.plus(sold.times(cents(price))).minus(share);
    [held, cost] = [held.minus(sold), cost.minus(share)];
  }
  const average = held.isZero() ? held : cost.div(held).toDecimalPlaces(places);
  return [held, average, gain].map((number) => number.toFixed());
}

test('decimal.js comes to the same, whatever is bought and sold', () => {
  const amount = fc.bigInt({ min: 1n, max: 10n ** 12n });
  const row = fc.tuple(
    amount,
    amount,
    fc.bigInt({ min: 0n, max: 10n ** 6n }),
    fc.integer({ min: 0, max: 4 }),
  );
  fc.assert(
    fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
      let held = 0n;
      const trades = rows.flatMap(([quantity, price, fees, part]) => {
        const cents = (number: bigint) => fromUnits(number, 2);
        held += toUnits(cents(quantity), places);
        const sold = (held * BigInt(part)) / 4n;
        held -= sold;
        const buy = trade('buy', cents(quantity), cents(price), cents(fees));
        return sold === 0n ? buy : [buy, trade('sell', fromUnits(sold, places), cents(price))];
      });
      expect(after(...trades)).toEqual(withDecimals(rows));
    }),
  );
});
