import type { Random } from './random.ts';

/** What is held of a symbol according to this program, which shares nothing with the worker. */
export interface Expected {
  readonly symbol: string;
  readonly quantity: number;
  readonly averageCost: number;
  readonly realisedGain: number;
}

/** Files of one portfolio, to be imported in this order, and what they come to. */
export interface Plan {
  readonly files: readonly string[];
  readonly expected: readonly Expected[];
}

const header = 'date,symbol,side,quantity,price,fees,currency\n';
const symbols = ['AAA', 'BBB', 'CCC'];

/**
 * Three files of which none can be left out or come earlier: the second sells what the first bought,
 * and the third what the second bought. Quantities and prices are whole, so that sums are exact.
 */
export function makePlan(random: Random, rows: number): Plan {
  const held = new Map(symbols.map((symbol) => [symbol, { quantity: 0, cost: 0, gain: 0 }]));
  const files = Array.from({ length: 3 }, (_, file) => {
    let text = header;
    for (let row = 0; row < rows; row++) {
      const symbol = random.pick(symbols);
      const position = held.get(symbol);
      if (!position) continue;
      const price = random.between(10, 900);
      // All of it, sometimes: then a file that comes too early has nothing to sell.
      const sells = file > 0 && position.quantity > 0 && row < rows / 2;
      const quantity = sells
        ? row < symbols.length
          ? position.quantity
          : random.between(1, position.quantity)
        : random.between(1, 9);
      if (sells) {
        const share = (position.cost * quantity) / position.quantity;
        position.gain += quantity * price - 1 - share;
        position.cost -= share;
        position.quantity -= quantity;
      } else {
        position.cost += quantity * price + 1;
        position.quantity += quantity;
      }
      text += `${dateOf(file, row, rows)},${symbol},${sells ? 'sell' : 'buy'},${quantity},${price},1,EUR\n`;
    }
    return text;
  });
  const expected = [...held]
    .map(([symbol, { quantity, cost, gain }]) => ({
      symbol,
      quantity,
      averageCost: quantity === 0 ? 0 : cost / quantity,
      realisedGain: gain,
    }))
    .toSorted((one, other) => (one.symbol < other.symbol ? -1 : 1));
  return { files, expected };
}

/** Each row has a day of its own, so that no rule about the order within a day matters. */
function dateOf(file: number, row: number, rows: number): string {
  const day = new Date(Date.UTC(1970, 0, 1) + (file * rows + row) * 24 * 60 * 60 * 1000);
  return day.toISOString().slice(0, 10);
}

/** What a portfolio came to instead: lost, doubled or wrong; undefined when it is right. */
export function compare(
  expected: readonly Expected[],
  shown: readonly { symbol: string; quantity: string; averageCost: string; realisedGain: string }[],
): 'lost' | 'doubled' | 'wrong' | undefined {
  const close = (text: string, value: number) =>
    Math.abs(Number(text) - value) <= 1e-6 * Math.max(1, Math.abs(value));
  const total = (quantities: readonly number[]) => quantities.reduce((sum, one) => sum + one, 0);
  const isSame =
    shown.length === expected.length &&
    expected.every(({ symbol, quantity, averageCost, realisedGain }, index) => {
      const other = shown[index];
      return (
        other?.symbol === symbol &&
        Number(other.quantity) === quantity &&
        close(other.averageCost, averageCost) &&
        close(other.realisedGain, realisedGain)
      );
    });
  if (isSame) return undefined;
  const difference =
    total(shown.map(({ quantity }) => Number(quantity))) -
    total(expected.map(({ quantity }) => quantity));
  if (difference === 0) return 'wrong';
  return difference < 0 ? 'lost' : 'doubled';
}
