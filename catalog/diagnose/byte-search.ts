/** How many bytes are looked up at once. No literal may be shorter. */
const windowLength = 3;
const tableSize = 1 << 16;

/** What is common in logs tells little; a literal is looked up by its rarest window. */
const commonness = ' etaoinsrhldcu0123456789pmfgwyb.,:-_/vkjxqz"';
/** A window of a literal of three bytes may have one byte beside it, which is any. */
const any = undefined;
type WindowByte = number | typeof any;

/** So a word of 16 bits is read from two bytes on this machine. */
const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

interface Entry {
  readonly literal: Uint8Array;
  /** Where in the literal its window stands; -1 is right before it. */
  readonly offset: number;
}

/**
 * Looks for many literals in bytes at once. One pass, which looks at every other place: each literal has
 * a window of three bytes that begins at an even address, and one that begins at an odd one, of which
 * the pass meets one. A place costs one word read and one look into a table, however many literals there
 * are, as long as their windows are rare.
 */
export class ByteSearch {
  readonly #isStart = new Uint8Array(tableSize);
  readonly #entries = new Map<number, Entry[]>();
  #words = new Uint16Array();

  /** @throws RangeError for a literal of fewer than three bytes. */
  constructor(literals: readonly string[]) {
    const encoder = new TextEncoder();
    for (const text of new Set(literals)) {
      const literal = encoder.encode(text);
      if (literal.length < windowLength) {
        throw new RangeError(`expected at least ${windowLength} bytes, got "${text}"`);
      }
      for (const parity of [0, 1]) this.#add(literal, rarestWindow(literal, parity));
    }
  }

  /** @returns where the first literal begins that is found from `from` on and ends before `to`, or -1. */
  find(bytes: Uint8Array, from: number, to: number): number {
    if (to - from < windowLength) return -1;
    const isStart = this.#isStart;
    const base = bytes.byteOffset;
    const words = this.#wordsOf(bytes.buffer);
    // The window before the first literal may begin one byte earlier.
    let word = Math.max(0, (base + from - 1) >> 1);
    const last = Math.min((base + to - 1) >> 1, words.length - 2);
    let next = words[word] ?? 0;
    for (; word <= last; word += 1) {
      const two = next;
      next = words[word + 1] ?? 0;
      const third = isLittleEndian ? next & 0xff : next >> 8;
      const key = (two ^ (third << 5)) & (tableSize - 1);
      if (isStart[key] === 1) {
        const start = this.#startAt(bytes, key, 2 * word - base, from, to);
        if (start !== -1) return start;
      }
    }
    // What is left at the end of the memory has no word behind it.
    for (let at = 2 * word - base; at < to; at += 2) {
      const start = this.#startAt(
        bytes,
        keyOf(bytes[at], bytes[at + 1], bytes[at + 2]),
        at,
        from,
        to,
      );
      if (start !== -1) return start;
    }
    return -1;
  }

  #add(literal: Uint8Array, offset: number): void {
    const bytes = windowAt(literal, offset);
    const free = bytes.indexOf(any);
    const keys = Array.from({ length: free === -1 ? 1 : 256 }, (_, value) =>
      keyOf(...(bytes.with(free === -1 ? 0 : free, free === -1 ? bytes[0] : value) as [number])),
    );
    for (const key of new Set(keys)) {
      this.#isStart[key] = 1;
      this.#entries.set(key, [...(this.#entries.get(key) ?? []), { literal, offset }]);
    }
  }

  #startAt(bytes: Uint8Array, key: number, at: number, from: number, to: number): number {
    const entries = this.#entries.get(key);
    if (entries === undefined) return -1;
    for (const { literal, offset } of entries) {
      const start = at - offset;
      if (start < from || start + literal.length > to) continue;
      let length = 0;
      while (length < literal.length && bytes[start + length] === literal[length]) length += 1;
      if (length === literal.length) return start;
    }
    return -1;
  }

  #wordsOf(buffer: ArrayBufferLike): Uint16Array {
    if (this.#words.buffer !== buffer) {
      this.#words = new Uint16Array(buffer as ArrayBuffer, 0, buffer.byteLength >> 1);
    }
    return this.#words;
  }
}

/** The same key as comes of reading the window as a word and a byte. */
function keyOf(first = 0, second = 0, third = 0): number {
  const two = isLittleEndian ? first | (second << 8) : (first << 8) | second;
  return (two ^ (third << 5)) & (tableSize - 1);
}

function windowAt(literal: Uint8Array, offset: number): WindowByte[] {
  return [0, 1, 2].map((index) => literal[offset + index]);
}

/** The offset of the rarest window among those of this parity. */
function rarestWindow(literal: Uint8Array, parity: number): number {
  const isShort = literal.length === windowLength;
  const offsets = isShort && parity === 1 ? [-1, 1] : [];
  for (let offset = parity; offset + windowLength <= literal.length; offset += 2) {
    offsets.push(offset);
  }
  const rarities = offsets.map((offset) =>
    windowAt(literal, offset).reduce<number>((sum, byte) => sum + rarityOf(byte), 0),
  );
  return offsets[rarities.indexOf(Math.max(...rarities))] ?? 0;
}

function rarityOf(byte: WindowByte): number {
  if (byte === any) return 0;
  const place = commonness.indexOf(String.fromCharCode(byte));
  return place === -1 ? commonness.length : place;
}
