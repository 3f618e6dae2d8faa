import { divideEvenly, places, powerOfTen, productPlaces, toUnits } from '../import/fixed.ts';
import type { Side, Transaction } from '../import/transaction.ts';

/** What is held of one symbol in one currency. Exact. */
export interface Position {
  /** In units of 18 places. */
  readonly quantity: bigint;
  /** What the units held have cost, fees included; in units of 36 places, as is the gain. */
  readonly cost: bigint;
  readonly realisedGain: bigint;
}

/** As much of a trade as changes a position, in the same units. */
export interface Trade {
  readonly side: Side;
  readonly quantity: bigint;
  /** Without fees. */
  readonly amount: bigint;
  readonly fees: bigint;
}

export const noPosition: Position = { quantity: 0n, cost: 0n, realisedGain: 0n };

const productPlace = powerOfTen(productPlaces - places);

/** What a transaction does to its position. */
export function tradeOf({ side, quantity, price, amount, fees }: Transaction): Trade {
  const units = toUnits(quantity, places);
  return {
    side,
    quantity: units,
    amount: amount === null ? units * toUnits(price, places) : toUnits(amount, productPlaces),
    fees: toUnits(fees, productPlaces),
  };
}

/**
 * A position after one more trade, by the average cost method. A buy adds its price and its fees to
 * the cost. A sell takes away its share of the cost, and gains what it brought in, less its fees,
 * less that share. Sums and products are exact; the share is rounded to 18 places, half to even,
 * except that the last unit takes all the cost that is left.
 */
export function afterTrade(position: Position, trade: Trade): Position {
  if (trade.side === 'buy') {
    return {
      quantity: position.quantity + trade.quantity,
      cost: position.cost + trade.amount + trade.fees,
      realisedGain: position.realisedGain,
    };
  }
  const quantity = position.quantity - trade.quantity;
  const share =
    quantity === 0n
      ? position.cost
      : least(
          position.cost,
          divideEvenly(position.cost * trade.quantity, position.quantity * productPlace) *
            productPlace,
        );
  return {
    quantity,
    cost: position.cost - share,
    realisedGain: position.realisedGain + trade.amount - trade.fees - share,
  };
}

/** What one unit held has cost, in units of 18 places, half to even; 0 when none is held. */
export function averageCost({ quantity, cost }: Position): bigint {
  return quantity === 0n ? 0n : divideEvenly(cost, quantity);
}

function least(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}
