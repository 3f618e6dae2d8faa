/** How many bytes are looked up at once. No literal may be shorter. */
const windowLength = 3;
const tableSize = 1 << 16;
/** So that of a window's bytes all count, and of those before it none. */
const shift = 6;

/** What is common in logs tells little; the rarest window of a literal is looked up. */
const commonness = ' etaoinsrhldcu0123456789pmfgwyb.,:-_/vkjxqz"';

interface Entry {
  readonly literal: Uint8Array;
  /** Where in the literal its window stands. */
  readonly offset: number;
}

/**
 * Looks for many literals in bytes at once. One pass, in which most places cost the look into one
 * table; the cost does not grow with the number of literals as long as their windows are rare.
 */
export class ByteSearch {
  readonly #isStart = new Uint8Array(tableSize);
  readonly #entries = new Map<number, Entry[]>();

  /** @throws RangeError for a literal of fewer than three bytes. */
  constructor(literals: readonly string[]) {
    const encoder = new TextEncoder();
    for (const text of new Set(literals)) {
      const literal = encoder.encode(text);
      if (literal.length < windowLength) {
        throw new RangeError(`expected at least ${windowLength} bytes, got "${text}"`);
      }
      const offset = rarestWindow(literal);
      const key = keyOf(literal, offset);
      this.#isStart[key] = 1;
      this.#entries.set(key, [...(this.#entries.get(key) ?? []), { literal, offset }]);
    }
  }

  /** @returns a place within the first literal that is found from `from` on and ends before `to`, or -1. */
  find(bytes: Uint8Array, from: number, to: number): number {
    const isStart = this.#isStart;
    const last = to - windowLength;
    if (from > last) return -1;
    let key = ((bytes[from] ?? 0) << shift) ^ (bytes[from + 1] ?? 0);
    for (let at = from; at <= last; at += 1) {
      key = ((key << shift) ^ (bytes[at + 2] ?? 0)) & (tableSize - 1);
      if (isStart[key] === 1 && this.#isAt(bytes, key, at, from, to)) return at;
    }
    return -1;
  }

  #isAt(bytes: Uint8Array, key: number, at: number, from: number, to: number): boolean {
    const entries = this.#entries.get(key) ?? [];
    return entries.some(({ literal, offset }) => {
      const start = at - offset;
      if (start < from || start + literal.length > to) return false;
      for (let index = 0; index < literal.length; index += 1) {
        if (bytes[start + index] !== literal[index]) return false;
      }
      return true;
    });
  }
}

/** The key of a window; the same comes out when bytes are shifted in one by one. */
function keyOf(bytes: Uint8Array, at: number): number {
  const [first = 0, second = 0, third = 0] = bytes.subarray(at, at + windowLength);
  return ((((first << shift) ^ second) << shift) ^ third) & (tableSize - 1);
}

function rarestWindow(literal: Uint8Array): number {
  let best = 0;
  let bestRarity = -1;
  for (let at = 0; at + windowLength <= literal.length; at += 1) {
    const rarity = Array.from(literal.subarray(at, at + windowLength), rarityOf).reduce(
      (sum, one) => sum + one,
      0,
    );
    if (rarity > bestRarity) [best, bestRarity] = [at, rarity];
  }
  return best;
}

function rarityOf(byte: number): number {
  const place = commonness.indexOf(String.fromCharCode(byte));
  return place === -1 ? commonness.length : place;
}
