import { ByteSearch } from './byte-search.ts';
import { contextLines } from '../signature/scanner.ts';

/** A line of the log as it stands there, or a piece of one that is too long to hold. */
export interface RawLine {
  readonly text: string;
  /** The line's number in the log, from 1. Pieces of a line share it. */
  readonly number: number;
  /** Counts up from line to line and from piece to piece. */
  readonly position: number;
}

/** What becomes of the lines. */
export interface LineReader {
  /** Reads a line. @returns whether the lines around it matter, too. */
  readonly read: (line: RawLine) => boolean;
  /** Looks at a line before one that was read: it matters as its context alone. */
  readonly readContext: (line: RawLine) => void;
}

/** The longest piece of a line that is held, in bytes. */
export const pieceLength = 65_536;
/** How much of a piece is seen again at the start of the next, so that no message is cut in two. */
const overlap = 4_096;
/** So much of what was passed is kept, for the lines before one that matters. */
const mostHistory = 4 * pieceLength;
/** A log that somebody pastes is read line by line. */
const readWhole = 2_000;
const lineFeed = 10;
const carriageReturn = 13;

/**
 * Splits a log in UTF-8 at its line ends (LF or CRLF) in bounded memory, however long a line is, and
 * reads only the lines that contain one of the literals, and those around a line that matters. The
 * others are counted.
 */
export class LineSieve {
  readonly #reader: LineReader;
  readonly #text = new TextDecoder();
  #search: ByteSearch | undefined;
  /** What was passed last and what was not passed yet, at the start of `#store`. */
  #bytes: Uint8Array = new Uint8Array();
  /** Kept from chunk to chunk: a new one for each would cost more memory than the log is held in. */
  #store = new Uint8Array();
  /** The first byte that was not passed yet. */
  #at = 0;
  #number = 1;
  #position = 1;
  #readUntil = readWhole;
  /** The lines up to here were read as context. */
  #contextUntil = readWhole;

  constructor(reader: LineReader) {
    this.#reader = reader;
  }

  /** From now on reads the lines alone that contain one of these; without literals, all. */
  lookFor(literals: readonly string[] | undefined): void {
    this.#search = literals && new ByteSearch(literals);
  }

  /** How many lines were passed. A line that has begun counts. */
  get lines(): number {
    return this.#at < this.#bytes.length ? this.#number : this.#number - 1;
  }

  push(chunk: Uint8Array): void {
    this.#append(chunk);
    const end = this.#bytes.lastIndexOf(lineFeed) + 1;
    while (this.#at < end) this.#pass(end);
    while (this.#bytes.length - this.#at > pieceLength) this.#passPiece();
    this.#forget();
  }

  /** Passes the last line, where no line end follows it. */
  end(): void {
    if (this.#at === this.#bytes.length) return;
    this.#append(Uint8Array.of(lineFeed));
    while (this.#at < this.#bytes.length) this.#pass(this.#bytes.length);
  }

  /** Passes a line that is worth to be read and those before it that are not. */
  #pass(end: number): void {
    const isRead = this.#position <= this.#readUntil || !this.#search;
    const found = isRead ? this.#at : (this.#search?.find(this.#bytes, this.#at, end) ?? -1);
    const start = found === -1 ? end : this.#startOf(found);
    const passed = countLineFeeds(this.#bytes, this.#at, start);
    this.#at = start;
    this.#number += passed;
    this.#position += passed;
    if (found === -1) return;
    const lineEnd = this.#bytes.indexOf(lineFeed, found);
    while (lineEnd - this.#at > pieceLength) this.#passPiece();
    this.#read(this.#at, lineEnd);
    this.#at = lineEnd + 1;
    this.#number += 1;
    this.#position += 1;
  }

  #passPiece(): void {
    const end = this.#at + pieceLength;
    const isRead = this.#position <= this.#readUntil || !this.#search;
    if (isRead || this.#search?.find(this.#bytes, this.#at, end) !== -1) this.#read(this.#at, end);
    this.#at = end - overlap;
    this.#position += 1;
  }

  #read(start: number, end: number): void {
    const position = this.#position;
    if (!this.#reader.read(this.#line(start, end, this.#number, position))) return;
    if (this.#readUntil < position) this.#lookBack(start);
    this.#readUntil = Math.max(this.#readUntil, position + contextLines);
    this.#contextUntil = this.#readUntil;
  }

  /** Reads what stands before a line and was passed over. */
  #lookBack(before: number): void {
    let end = before - 1;
    for (let back = 1; back <= contextLines && end >= 0; back += 1) {
      if (this.#position - back <= this.#contextUntil) return;
      const start = this.#startOf(end);
      const from = Math.max(start, end - pieceLength);
      this.#reader.readContext(this.#line(from, end, this.#number - back, this.#position - back));
      end = start - 1;
    }
  }

  #line(start: number, end: number, number: number, position: number): RawLine {
    const last = end > start && this.#bytes[end - 1] === carriageReturn ? end - 1 : end;
    return { text: this.#text.decode(this.#bytes.subarray(start, last)), number, position };
  }

  #startOf(place: number): number {
    let start = place;
    while (start > 0 && this.#bytes[start - 1] !== lineFeed) start -= 1;
    return start;
  }

  /** Keeps of what was passed only the lines that may be looked back at. */
  #forget(): void {
    let keep = this.#at;
    for (let back = 0; back <= contextLines && keep > 0; back += 1) keep = this.#startOf(keep - 1);
    keep = Math.max(keep, this.#at - mostHistory);
    this.#store.copyWithin(0, keep, this.#bytes.length);
    this.#bytes = this.#store.subarray(0, this.#bytes.length - keep);
    this.#at -= keep;
  }

  #append(chunk: Uint8Array): void {
    const length = this.#bytes.length + chunk.length;
    if (this.#store.length < length) {
      this.#store = new Uint8Array(2 * length);
      this.#store.set(this.#bytes);
    }
    this.#store.set(chunk, this.#bytes.length);
    this.#bytes = this.#store.subarray(0, length);
  }
}

/** Four bytes at once: of each that is a line feed the highest bit is left, and of no other. */
function countLineFeeds(bytes: Uint8Array, from: number, to: number): number {
  let count = 0;
  let at = from;
  for (; at < to && (bytes.byteOffset + at) % 4 !== 0; at += 1)
    if (bytes[at] === lineFeed) count += 1;
  if (at >= to) return count;
  const words = new Int32Array(bytes.buffer as ArrayBuffer, bytes.byteOffset + at, (to - at) >> 2);
  // By index: an iterator costs more than the look.
  // eslint-disable-next-line @typescript-eslint/prefer-for-of
  for (let index = 0; index < words.length; index += 1) {
    const differing = (words[index] ?? 0) ^ 0x0a0a0a0a;
    const marks = ~(((differing & 0x7f7f7f7f) + 0x7f7f7f7f) | differing | 0x7f7f7f7f);
    if (marks !== 0) count += Math.imul(marks >>> 7, 0x01010101) >>> 24;
  }
  for (at += 4 * words.length; at < to; at += 1) if (bytes[at] === lineFeed) count += 1;
  return count;
}
