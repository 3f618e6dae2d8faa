import { BadFile, maxBadRowsKept } from './bad-file.ts';
import type { BadRow } from './transaction.ts';

/** Collects the bad rows of one file. */
export class BadRows {
  readonly #rows: BadRow[] = [];
  #count = 0;

  add(row: BadRow): void {
    this.#count++;
    if (this.#rows.length < maxBadRowsKept) this.#rows.push(row);
  }

  /** Of which only the lines are known; they are counted beside those with a reason. */
  addUnseen(count: number): void {
    this.#count += count;
  }

  get count(): number {
    return this.#count;
  }

  /** The first ones found, in order of their lines. */
  get rows(): BadRow[] {
    return this.#rows.toSorted((one, other) => one.line - other.line);
  }

  /** @throws BadFile when there is one. */
  refuse(): void {
    if (this.#count > 0) throw new BadFile(this.rows, this.#count);
  }
}
