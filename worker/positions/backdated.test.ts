import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainReading } from '../import/reading.ts';
import { runImport } from '../import/run-import.ts';
import { stageImport } from '../import/stage-import.ts';
import { undoImport } from '../lifecycle/undo-import.ts';
import { useDatabase } from '../testing/database.ts';
import { inBytes } from '../testing/text.ts';
import { readPositions } from './read-positions.ts';

const header = 'date,symbol,side,quantity,price,fees,currency\n';
const context = useDatabase();

interface Step {
  /** Rows without their order; `undo` takes the import before it out again. */
  readonly rows: readonly {
    day: number;
    symbol: string;
    sells: boolean;
    quantity: number;
    price: number;
  }[];
  readonly newestFirst: boolean;
  readonly known: 'skip' | 'import';
  readonly undo: boolean;
}

const row = fc.record({
  day: fc.integer({ min: 0, max: 300 }),
  symbol: fc.constantFrom('AAA', 'BBB'),
  sells: fc.boolean(),
  quantity: fc.integer({ min: 1, max: 9 }),
  price: fc.integer({ min: 1, max: 999 }),
});
const step: fc.Arbitrary<Step> = fc.record({
  rows: fc.array(row, { minLength: 1, maxLength: 12 }),
  newestFirst: fc.boolean(),
  known: fc.constantFrom('skip', 'import'),
  undo: fc.nat({ max: 4 }).map((number) => number === 0),
});

function fileOf({ rows, newestFirst }: Step): string {
  const sign = newestFirst ? -1 : 1;
  const lines = rows
    .toSorted((one, other) => sign * (one.day - other.day))
    .map(({ day, symbol, sells, quantity, price }) => {
      const date = new Date(Date.UTC(2024, 10, 1) + day * 86_400_000).toISOString().slice(0, 10);
      return `${date},${symbol},${sells ? 'sell' : 'buy'},${quantity}.5,${price}.25,${price % 3},EUR`;
    });
  return `${header}${lines.join('\n')}\n`;
}

async function importStep(portfolio: string, one: Step): Promise<unknown> {
  const id = await stageImport(context.database, {
    portfolio,
    onBadRow: 'skip',
    reading: {
      ...plainReading,
      known: one.known,
      order: one.newestFirst ? 'newest-first' : 'oldest-first',
    },
    content: inBytes(fileOf(one), 4096),
  });
  const { state, rows, imported, known, badRows, badRowCount } = await runImport(
    context.database,
    id,
  );
  if (!one.undo || state !== 'done') return { state, rows, imported, known, badRows, badRowCount };
  const undone = await undoImport(context.database, id).then(
    () => 'undone',
    (error: unknown) => String(error),
  );
  return { state, rows, imported, known, badRows, badRowCount, undone };
}

/** From the stored trades alone, with another arithmetic. */
async function independent(portfolio: string) {
  const Exact = Decimal.clone({ precision: 90, rounding: 6, toExpNeg: -9e15, toExpPos: 9e15 });
  const trades = await context.database.pool.query<Record<string, string>>(
    `select symbol, side, quantity, price, fees from poolproof.transactions t
     join poolproof.imports i on i.number = t.import_number where t.portfolio = $1
     order by symbol, traded_on, import_number,
       case when day_order = 'reversed' then -line else line end`,
    [portfolio],
  );
  const held = new Map<string, { quantity: Decimal; cost: Decimal; gain: Decimal }>();
  for (const { symbol = '', side, quantity: count = '', price = '', fees = '' } of trades.rows) {
    const zero = new Exact(0);
    const { quantity, cost, gain } = held.get(symbol) ?? { quantity: zero, cost: zero, gain: zero };
    const amount = new Exact(count).times(price);
    if (side === 'buy') {
      held.set(symbol, {
        quantity: quantity.plus(count),
        cost: cost.plus(amount).plus(fees),
        gain,
      });
      continue;
    }
    const left = quantity.minus(count);
    expect(left.isNegative()).toBe(false);
    const share = left.isZero() ? cost : cost.times(count).div(quantity).toDecimalPlaces(18);
    const kept = cost.minus(share);
    held.set(symbol, {
      quantity: left,
      cost: kept,
      gain: gain.plus(amount).minus(fees).minus(share),
    });
  }
  return [...held].map(([symbol, { quantity, cost, gain }]) => ({
    symbol,
    quantity: quantity.toFixed(),
    averageCost: quantity.isZero() ? '0' : cost.div(quantity).toDecimalPlaces(18).toFixed(),
    realisedGain: gain.toFixed(),
  }));
}

test(
  'what was booked comes to the same as reading every trade again',
  { timeout: 300_000 },
  async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 6 }), async (steps) => {
        const [plain, booked] = [`plain-${++run}`, `booked-${run}`];
        for (const one of steps) {
          const result = await importStep(booked, one);
          const other = await fromScratch(plain, one);
          expect(result).toEqual(other);
          const positions = await readPositions(context.database, booked);
          expect(positions).toEqual(await readPositions(context.database, plain));
          expect(positions).toMatchObject(await independent(booked));
        }
      }),
      { numRuns: Number(process.env.RUNS ?? 25) },
    );
  },
);

/** As if nothing had been booked of the portfolio: then every trade is read again. */
async function fromScratch(portfolio: string, one: Step): Promise<unknown> {
  await context.database.pool.query(
    `with mine as (update poolproof.positions set summed_to = null where portfolio = $1 returning instrument),
       months as (delete from poolproof.trade_months where instrument in (select instrument from mine))
     delete from poolproof.standings where instrument in (select instrument from mine)`,
    [portfolio],
  );
  return importStep(portfolio, one);
}
