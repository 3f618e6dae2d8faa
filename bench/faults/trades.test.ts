import { expect, test } from 'vitest';
import { phases } from './phases.ts';
import { randomFrom } from './random.ts';
import { Tally } from './tally.ts';
import { compare, makePlan } from './trades.ts';

const { expected } = makePlan(randomFrom(1), 200);
const right = expected.map(({ symbol, quantity, averageCost, realisedGain }) => ({
  symbol,
  quantity: String(quantity),
  averageCost: String(averageCost),
  realisedGain: String(realisedGain),
}));
const changed = (change: object) =>
  right.map((one, index) => (index === 0 ? { ...one, ...change } : one));

test('what is lost, doubled or wrong is told from what is right', () => {
  const [first] = expected;
  const held = first?.quantity ?? 0;
  expect(compare(expected, right)).toBeUndefined();
  expect(compare(expected, [])).toBe('lost');
  expect(compare(expected, changed({ quantity: String(held - 1) }))).toBe('lost');
  expect(compare(expected, changed({ quantity: String(held + 1) }))).toBe('doubled');
  expect(compare(expected, changed({ averageCost: '1' }))).toBe('wrong');
  expect(compare(expected, changed({ realisedGain: '1' }))).toBe('wrong');
});

const good = {
  imports: 3,
  outcome: undefined,
  stuck: 0,
  wronglyRejected: 0,
  accidents: 0,
  seconds: 1,
  hit: new Set(phases),
  lostJobs: 1,
  notes: [],
} as const;

test.for([
  { outcome: 'lost' },
  { outcome: 'doubled' },
  { outcome: 'wrong' },
  { stuck: 1 },
  { wronglyRejected: 1 },
  { accidents: 1 },
  { lostJobs: 0 },
  { hit: new Set(phases.slice(1)) },
] as const)('a run with %j fails, one without does not', (change) => {
  const tally = new Tally();
  tally.add('a fault', { ...good, ...change });
  expect(tally.failures).toHaveLength(1);
  const other = new Tally();
  other.add('a fault', good);
  expect(other.failures).toEqual([]);
});

test('the same seed brings the same files', () => {
  expect(makePlan(randomFrom(7), 50)).toEqual(makePlan(randomFrom(7), 50));
  expect(makePlan(randomFrom(7), 50)).not.toEqual(makePlan(randomFrom(8), 50));
});
