import { omission } from '../../catalog/evidence/omission.ts';

const keptOnEachSide = 5000;

/** Lines in order of arrival. Of a flood (a worker looping on an error prints thousands a second) both ends are kept. */
export class LineBuffer {
  readonly #head: string[] = [];
  readonly #tail: string[] = [];
  #dropped = 0;

  add(line: string): void {
    if (this.#head.length < keptOnEachSide) {
      this.#head.push(line);
      return;
    }
    this.#tail.push(line);
    if (this.#tail.length > keptOnEachSide) {
      this.#tail.shift();
      this.#dropped += 1;
    }
  }

  /** The lines kept, with a marker where some are missing. */
  get lines(): string[] {
    const gap = this.#dropped === 0 ? [] : [omission(this.#dropped)];
    return [...this.#head, ...gap, ...this.#tail];
  }
}
