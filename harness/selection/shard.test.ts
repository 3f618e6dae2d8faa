import fc from 'fast-check';
import { expect, test } from 'vitest';
import { projectRoot } from '../../catalog/project.ts';
import { readWriteups } from '../../catalog/writeup/read.ts';
import { platforms } from '../../catalog/writeup/schema.ts';
import { fixtureProject } from '../fixtures/project.ts';
import { expectedRuns, runsOf } from './expected.ts';
import { caseName, type Case } from './plan.ts';
import { select } from './select.ts';
import { casesOfShard, parseShard, partition } from './shard.ts';

const writeups = readWriteups();
const everything = select(writeups, { matrix: true });
const expected = expectedRuns(everything, projectRoot);

/** Any part of the real catalogue, by place: what a platform, a bug or a choice of cells leaves of it. */
const placesOf = (wanted: (one: Case) => boolean) =>
  everything.flatMap((one, index) => (wanted(one) ? index : []));
const selections = fc.oneof(
  fc.constantFrom(...platforms).map((one) => placesOf(({ cell }) => cell.platform === one)),
  fc
    .constantFrom(...writeups.map(({ slug }) => slug))
    .map((one) => placesOf(({ slug }) => slug === one)),
  fc.subarray(everything.map((_, index) => index)),
);

test('every case of the catalogue is in one shard, and shards share no run', () => {
  fc.assert(
    fc.property(selections, fc.integer({ min: 1, max: 40 }), (places, count) => {
      const cases = places.flatMap((index) => everything[index] ?? []);
      const shards = partition(cases, count, expected);
      expect(shards).toHaveLength(count);
      expect(shards.flat().map(caseName).sort()).toEqual(cases.map(caseName).sort());
      const runs = shards.flatMap((shard) => [
        ...new Set(shard.flatMap(runsOf).map(({ name }) => name)),
      ]);
      expect(runs).toHaveLength(new Set(runs).size);
    }),
    { numRuns: 60 },
  );
});

test('in whichever order cases come, they are parted in the same way', () => {
  const places = everything.map((_, index) => index);
  const shuffled = fc.shuffledSubarray(places, { minLength: places.length });
  const sorted = (shards: readonly Case[][]) => shards.map((shard) => shard.map(caseName).sort());
  const asWritten = sorted(partition(everything, 5, expected));
  fc.assert(
    fc.property(shuffled, (order) => {
      const cases = order.flatMap((index) => everything[index] ?? []);
      expect(sorted(partition(cases, 5, expected))).toEqual(asWritten);
    }),
    { numRuns: 8 },
  );
});

test('shards are no longer than an even share and the longest group', () => {
  const cases = select(writeups, { platform: 'linux' });
  const seconds = (some: readonly Case[]) =>
    [...new Set(some.flatMap(runsOf).map(({ name }) => name))].reduce(
      (sum, name) => sum + (expected.get(name)?.seconds ?? 0),
      0,
    );
  // With as many shards as there are cases, each has a group at most.
  const longest = Math.max(...partition(cases, cases.length, expected).map(seconds));
  for (const count of [2, 3, 7]) {
    const shards = partition(cases, count, expected).map(seconds);
    expect(Math.max(...shards)).toBeLessThanOrEqual(seconds(cases) / count + longest);
    expect(shards.every((one) => one > 0)).toBe(true);
  }
});

test('a claim whose control is selected too has it in its shard', () => {
  const cases = select(writeups, { platform: 'linux' });
  const shards = [1, 2, 3, 4].map((index) => casesOfShard(cases, { index, of: 4 }, projectRoot));
  for (const shard of shards) {
    const here = new Set(shard.map(caseName));
    const elsewhere = new Set(cases.map(caseName).filter((name) => !here.has(name)));
    const controls = shard.flatMap((one) => runsOf(one).map(({ name }) => name));
    expect(controls.filter((name) => elsewhere.has(name))).toEqual([]);
  }
});

test('more shards than groups leaves some empty, and what nothing is known of is shared out too', () => {
  const root = fixtureProject('plain');
  const cases = select(readWriteups(root), { platform: 'linux' });
  const shards = Array.from({ length: 30 }, (_, index) =>
    casesOfShard(cases, { index: index + 1, of: 30 }, root),
  );
  expect(shards.flat()).toHaveLength(cases.length);
  expect(shards.filter((shard) => shard.length === 0).length).toBeGreaterThan(0);
});

test('a part is written as 1/3', () => {
  expect(parseShard('2/3')).toEqual({ index: 2, of: 3 });
});

test.each(['0/3', '4/3', '1/0', '1', '1/', '/3', 'a/b', '-1/3', '1.5/3', '1/3/5', ''])(
  '"%s" is no part, and what to type is said',
  (text) => {
    expect(() => parseShard(text)).toThrow(/got --shard .*Type, say: --shard 1\/3/);
  },
);
