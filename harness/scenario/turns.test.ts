import { expect, test } from 'vitest';
import { giveTurns, inTurn } from './turns.ts';

/** Tasks that note when they begin, and end when they are told to. */
function tasks(name: string, count: number) {
  const begun: number[] = [];
  const ends = Array.from({ length: count }, () => Promise.withResolvers<number>());
  const done = ends.map(({ promise }, index) =>
    inTurn(name, `task ${index}`, () => {
      begun.push(index);
      return promise;
    }),
  );
  return { begun, ends, done };
}

test('no more at once than allowed, and the first to ask comes first', async () => {
  using _turns = giveTurns('two-at-once', 2);
  const { begun, ends, done } = tasks('two-at-once', 4);
  await expect.poll(() => begun).toEqual([0, 1]);
  ends[1]?.resolve(11);
  expect(await done[1]).toBe(11);
  await expect.poll(() => begun).toEqual([0, 1, 2]);
  ends[0]?.resolve(10);
  ends[2]?.resolve(12);
  await expect.poll(() => begun).toEqual([0, 1, 2, 3]);
  ends[3]?.resolve(13);
  expect(await Promise.all(done)).toEqual([10, 11, 12, 13]);
});

test('a task that fails gives its turn on', async () => {
  using _turns = giveTurns('one-at-once', 1);
  const { begun, ends, done } = tasks('one-at-once', 2);
  await expect.poll(() => begun).toEqual([0]);
  ends[0]?.reject(new Error('no luck'));
  await expect(done[0]).rejects.toThrow('no luck');
  ends[1]?.resolve(2);
  expect(await done[1]).toBe(2);
});

test('turns of another name are another matter', async () => {
  using _mine = giveTurns('mine', 1);
  using _yours = giveTurns('yours', 1);
  const mine = tasks('mine', 1);
  const yours = tasks('yours', 1);
  await expect.poll(() => [...mine.begun, ...yours.begun]).toEqual([0, 0]);
  mine.ends[0]?.resolve(1);
  yours.ends[0]?.resolve(2);
  expect(await Promise.all([...mine.done, ...yours.done])).toEqual([1, 2]);
});

test('of those that wait, what will take longest comes first, and the unknown before the short', async () => {
  const expectedMs = new Map([
    ['task 1', 1_000],
    ['task 2', 60_000],
    ['task 4', 90_000],
  ]);
  using _turns = giveTurns('longest-first', 1, { expectedMs });
  const { begun, ends, done } = tasks('longest-first', 5);
  await expect.poll(() => begun).toEqual([0]);
  for (const end of ends) end.resolve(0);
  await Promise.all(done);
  expect(begun).toEqual([0, 4, 2, 3, 1]);
});

test('a shuffle puts those that wait into an order of its own, the same each time', async () => {
  const orderOf = async (name: string, shuffle: string) => {
    using _turns = giveTurns(name, 1, { shuffle });
    const { begun, ends, done } = tasks(name, 8);
    for (const end of ends) end.resolve(0);
    await Promise.all(done);
    return begun;
  };
  const first = await orderOf('first', 'seed 1');
  // The first to ask finds nobody before it.
  expect(first[0]).toBe(0);
  expect(first.toSorted((one, other) => one - other)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(first).not.toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(await orderOf('again', 'seed 1')).toEqual(first);
  expect(await orderOf('other', 'seed 2')).not.toEqual(first);
});
