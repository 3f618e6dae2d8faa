import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteSearch } from './byte-search.ts';

/** As looking for each literal by itself does. */
function slowly(bytes: Uint8Array, literals: readonly string[], from: number, to: number): number {
  const text = Buffer.from(bytes.subarray(from, to)).toString('latin1');
  const starts = literals.map((literal) => text.indexOf(literal)).filter((at) => at !== -1);
  return starts.length === 0 ? -1 : from + Math.min(...starts);
}

const letters = fc.constantFrom('a', 'b', '[');
const literal = fc.string({ unit: letters, minLength: 3, maxLength: 9 });

test('finds a literal wherever one stands, at even and odd places of any memory', () => {
  fc.assert(
    fc.property(
      fc.array(literal, { minLength: 1, maxLength: 6 }),
      fc.string({ unit: letters, maxLength: 60 }),
      fc.nat(3),
      fc.nat(10),
      fc.nat(10),
      (literals, text, shift, from, less) => {
        const memory = new Uint8Array(shift + text.length);
        memory.set(new TextEncoder().encode(text), shift);
        const bytes = memory.subarray(shift);
        const to = Math.max(from, bytes.length - less);
        const found = new ByteSearch(literals).find(bytes, from, to);
        const first = slowly(bytes, literals, from, to);
        // The first by the place of its window: some literal begins there, and none far before.
        expect(found === -1).toBe(first === -1);
        if (found === -1) return;
        const there = text.slice(found, to);
        expect(literals.some((one) => there.startsWith(one))).toBe(true);
        expect(found - first).toBeLessThan(9);
      },
    ),
    { numRuns: 2_000 },
  );
});

test('a literal that is too short is refused', () => {
  expect(() => new ByteSearch(['ab'])).toThrow('expected at least 3 bytes, got "ab"');
});
