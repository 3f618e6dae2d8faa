import { BadInput } from '../../catalog/problem/bad-input.ts';
import { expectedRuns, runsOf, type Expectation } from './expected.ts';
import { caseName, type Case } from './plan.ts';

/** One of several parts of a selection, counted from 1. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

/**
 * Reads `2/3`.
 *
 * @throws BadInput with what to type.
 */
export function parseShard(text: string): Shard {
  const [, index, of] = /^(\d{1,3})\/(\d{1,3})$/.exec(text) ?? [];
  const shard = { index: Number(index), of: Number(of) };
  if (shard.index >= 1 && shard.index <= shard.of) return shard;
  throw new BadInput(
    `expected a part and how many there are, the first being 1, got --shard ${text}. Type, say: --shard 1/3`,
  );
}

/**
 * The cases of one shard. Cases that share runs, as a claim and its control do, are in the same one; the
 * shards are as even as that allows, by how long their runs took when they were recorded. The same
 * tree and the same selection are always parted in the same way; every case is in exactly one shard.
 *
 * @param root the project that holds harness/evidence/.
 */
export function casesOfShard(cases: readonly Case[], { index, of }: Shard, root: string): Case[] {
  const parts = partition(cases, of, expectedRuns(cases, root));
  const mine = new Set(parts[index - 1]);
  return cases.filter((one) => mine.has(one));
}

/** All shards. The heaviest group goes first, always to the lightest shard so far. */
export function partition(
  cases: readonly Case[],
  count: number,
  expected: ReadonlyMap<string, Pick<Expectation, 'seconds'>>,
): Case[][] {
  const shards = Array.from({ length: count }, () => ({ weight: 0, cases: [] as Case[] }));
  const groups = groupsOf(cases)
    .map((group) => ({
      group,
      weight: weightOf(group, expected),
      name: group.map(caseName).sort().join('\n'),
    }))
    .sort((one, other) => other.weight - one.weight || (one.name < other.name ? -1 : 1));
  for (const { group, weight } of groups) {
    const lightest = shards.reduce((best, one) => (one.weight < best.weight ? one : best));
    lightest.weight += weight;
    lightest.cases.push(...group);
  }
  return shards.map((shard) => shard.cases);
}

/**
 * How long a group takes, in milliseconds: a control that several cases have in common runs once. Whole
 * numbers, whose sum does not depend on their order.
 */
function weightOf(
  cases: readonly Case[],
  expected: ReadonlyMap<string, Pick<Expectation, 'seconds'>>,
): number {
  const names = new Set(cases.flatMap(runsOf).map(({ name }) => name));
  return [...names].reduce(
    (sum, name) => sum + Math.round((expected.get(name)?.seconds ?? 0) * 1000),
    0,
  );
}

/** Cases that share a run, directly or by others. */
function groupsOf(cases: readonly Case[]): Case[][] {
  const groupOf = new Map<string, Case[]>();
  for (const one of cases) {
    const names = runsOf(one).map(({ name }) => name);
    const touched = new Set(names.flatMap((name) => [groupOf.get(name) ?? []]));
    const group = [...touched].flat();
    group.push(one);
    const all = new Set([
      ...names,
      ...group.flatMap((each) => runsOf(each).map(({ name }) => name)),
    ]);
    for (const name of all) groupOf.set(name, group);
  }
  return [...new Set(groupOf.values())];
}
