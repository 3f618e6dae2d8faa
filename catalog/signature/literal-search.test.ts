import { describe, expect, test } from 'vitest';
import { LiteralSearch } from './literal-search.ts';

const literals = ['expected 3', 'Missing lock for job ', 'ock', '_loc', 'aaaaaaaab', 'Ω is'];

function found(text: string): string[] {
  return new LiteralSearch(literals).in(text).map((id) => literals[id] ?? '');
}

describe('finds the literals that a text contains', () => {
  test.each([
    ['', []],
    ['oc', []],
    ['got expected 3', ['expected 3']],
    ['expected 4', []],
    ['Missing lock for job 7', ['Missing lock for job ', 'ock']],
    ['= _loc', ['_loc']],
    ['aaaaaaaaaaab', ['aaaaaaaab']],
    ['the Ω is here', ['Ω is']],
  ])('%j: %j', (text, expected) => {
    expect(found(text).sort()).toEqual([...expected].sort());
  });

  test('as looking for each of them does, in any text', () => {
    const alphabet = ['a', 'b', 'o', 'c', 'k', '_', 'l', ' '];
    // Numbers that look random and are the same in each run.
    let state = 7;
    const next = (count: number) => (state = (state * 48_271) % 2_147_483_647) % count;
    for (let round = 0; round < 500; round += 1) {
      const text = Array.from({ length: 40 }, () => alphabet[next(alphabet.length)]).join('');
      const expected = literals.filter((literal) => text.includes(literal));
      expect(found(text).sort(), text).toEqual(expected.sort());
    }
  });
});

test('a literal that is too short is refused', () => {
  expect(() => new LiteralSearch(['ab'])).toThrow('expected at least 3 characters, got "ab"');
});
