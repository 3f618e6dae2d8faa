import { expect, test } from 'vitest';
import { Exact } from '../import/number.ts';
import { afterTrade, averageCost, noPosition, type Position, type Trade } from './position.ts';

function trade(side: Trade['side'], quantity: string, price: string, fees = '0'): Trade {
  return {
    side,
    quantity: new Exact(quantity),
    price: new Exact(price),
    fees: new Exact(fees),
  };
}

function after(...trades: Trade[]): string[] {
  const position = trades.reduce<Position>(afterTrade, noPosition);
  return [position.quantity, averageCost(position), position.realisedGain].map((number) =>
    number.toFixed(),
  );
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
