/** How many characters are looked up at once. No literal may be shorter. */
const windowLength = 3;
const tableSize = 1 << 14;

/** What is common in logs tells little; the rarest window of a literal is looked up. */
const commonness = ' etaoinsrhldcu0123456789pmfgwyb.,:-_/vkjxqz';

interface Entry {
  readonly literal: string;
  /** Where in the literal its window stands. */
  readonly offset: number;
  readonly id: number;
}

/**
 * Finds which of many literals a text contains. One pass over the text, whose cost does not grow with
 * the number of literals as long as their windows are rare.
 */
export class LiteralSearch {
  readonly #table: (Entry[] | undefined)[] = Array.from({ length: tableSize });
  readonly #count: number;

  /** @throws RangeError for a literal of fewer than three characters. */
  constructor(literals: readonly string[]) {
    this.#count = literals.length;
    for (const [id, literal] of literals.entries()) {
      if (literal.length < windowLength) {
        throw new RangeError(`expected at least ${windowLength} characters, got "${literal}"`);
      }
      const offset = rarestWindow(literal);
      const key = keyAt(literal, offset);
      const entries = this.#table[key];
      if (entries) entries.push({ literal, offset, id });
      else this.#table[key] = [{ literal, offset, id }];
    }
  }

  /** The places in the list of those that the text contains, each once, in order of their windows. */
  in(text: string): number[] {
    const found = new Set<number>();
    for (let at = 0; at + windowLength <= text.length && found.size < this.#count; at += 1) {
      const entries = this.#table[keyAt(text, at)];
      if (!entries) continue;
      for (const { literal, offset, id } of entries) {
        if (at >= offset && !found.has(id) && text.startsWith(literal, at - offset)) found.add(id);
      }
    }
    return [...found];
  }
}

function keyAt(text: string, at: number): number {
  const code =
    (text.charCodeAt(at) << 10) ^ (text.charCodeAt(at + 1) << 5) ^ text.charCodeAt(at + 2);
  return code & (tableSize - 1);
}

function rarestWindow(literal: string): number {
  let best = 0;
  let bestRarity = -1;
  for (let at = 0; at + windowLength <= literal.length; at += 1) {
    const rarity = Array.from(literal.slice(at, at + windowLength), rarityOf).reduce(sum);
    if (rarity > bestRarity) [best, bestRarity] = [at, rarity];
  }
  return best;
}

function rarityOf(character: string): number {
  const place = commonness.indexOf(character);
  return place === -1 ? commonness.length : place;
}

function sum(a: number, b: number): number {
  return a + b;
}
