/** An error in a log that no write-up explains. */
export interface ErrorLine {
  readonly line: number;
  readonly text: string;
}

const mostKinds = 20;
const longestText = 500;

/** Keeps the first of each kind of error, and no more kinds than a reader would look at. */
export class UnmatchedErrors {
  readonly #kinds = new Map<string, ErrorLine>();

  add({ line, text }: ErrorLine): void {
    if (this.#kinds.size >= mostKinds) return;
    const shown = text.trim().slice(0, longestText);
    // Times, ids and addresses make no new kind.
    const kind = shown.replace(/0x[\da-f]+|[\da-f]{8}-[\da-f-]{27}|\d+/gi, '#');
    if (!this.#kinds.has(kind)) this.#kinds.set(kind, { line, text: shown });
  }

  list(): readonly ErrorLine[] {
    return [...this.#kinds.values()];
  }
}
