import type { Decimal } from 'decimal.js';
import { Exact } from '../import/number.ts';
import type { Side } from '../import/transaction.ts';

/** Places after the decimal mark of an amount that comes out of a division; half goes to even. */
const places = 18;

/** What is held of one symbol in one currency. */
export interface Position {
  readonly quantity: Decimal;
  /** What the units held have cost, fees included. */
  readonly cost: Decimal;
  readonly realisedGain: Decimal;
}

export interface Trade {
  readonly side: Side;
  readonly quantity: Decimal;
  readonly price: Decimal;
  readonly fees: Decimal;
}

export const noPosition: Position = {
  quantity: new Exact(0),
  cost: new Exact(0),
  realisedGain: new Exact(0),
};

/**
 * A position after one more trade, by the average cost method. A buy adds its price and its fees to
 * the cost. A sell takes away its share of the cost, and gains what it brought in, less its fees,
 * less that share. Sums and products are exact; the share is rounded to 18 places, except that the
 * last unit takes all the cost that is left.
 */
export function afterTrade(position: Position, trade: Trade): Position {
  const amount = trade.quantity.times(trade.price);
  if (trade.side === 'buy') {
    return {
      ...position,
      quantity: position.quantity.plus(trade.quantity),
      cost: position.cost.plus(amount).plus(trade.fees),
    };
  }
  const quantity = position.quantity.minus(trade.quantity);
  const share = quantity.isZero()
    ? position.cost
    : position.cost.times(trade.quantity).div(position.quantity).toDecimalPlaces(places);
  return {
    quantity,
    cost: position.cost.minus(share),
    realisedGain: position.realisedGain.plus(amount).minus(trade.fees).minus(share),
  };
}

/** What one unit held has cost, to 18 places; 0 when none is held. */
export function averageCost({ quantity, cost }: Position): Decimal {
  return quantity.isZero() ? quantity : cost.div(quantity).toDecimalPlaces(places);
}
