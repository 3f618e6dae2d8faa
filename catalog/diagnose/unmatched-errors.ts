import { looksLikeError, speaksOfTrouble, startsWithException } from './error-line.ts';
import type { MessageLine } from './message-lines.ts';

/** An error in a log that no write-up explains. */
export interface ErrorLine {
  readonly line: number;
  readonly text: string;
}

const mostKinds = 20;
/** After so many lines that look like errors, those to come are hardly new. */
const mostLooked = 20_000;
const longestText = 500;
/** A log of so few lines was picked by hand: what stands in it is what somebody asks about. */
const fewLines = 3;
const speaksOfHealth =
  /\b(?:INFO|DEBUG|TRACE|info|debug)\b|\b(?:ready|started|succeeded|listening|completed|connected to|received)\b/i;

type Kinds = Map<string, ErrorLine>;

/** Keeps the first of each kind of error, and no more kinds than a reader would look at. */
export class UnmatchedErrors {
  readonly #errors: Kinds = new Map();
  readonly #trouble: Kinds = new Map();
  readonly #first: ErrorLine[] = [];
  #lines = 0;
  #looked = 0;

  /** Takes the messages of one line of the log, none of which a write-up explains. */
  add(line: number, messages: readonly MessageLine[]): void {
    const told = messages.filter(({ text }) => text.trim() !== '');
    const [first] = told;
    if (!first) return;
    this.#lines += 1;
    if (this.#lines <= fewLines) this.#first.push({ line, text: shown(first.text) });
    const errors = told.filter(({ text, error }) => error || looksLikeError(text));
    if (errors.length > 0) this.#looked += 1;
    const best = errors.find(({ text }) => startsWithException(text)) ?? errors[0];
    if (best) keep(this.#errors, line, best.text);
    else if (this.#errors.size === 0 && this.#trouble.size < mostKinds) {
      const words = told.find(({ text }) => speaksOfTrouble(text));
      if (words) keep(this.#trouble, line, words.text);
    }
  }

  /** Whether enough is known: of a long log, the first kinds of error are told. */
  get isFull(): boolean {
    return this.#errors.size >= mostKinds || this.#looked >= mostLooked;
  }

  /** Notes a line that a write-up explains. */
  skip(): void {
    this.#lines += 1;
  }

  /**
   * @param isExplained whether the log shows a known bug. If it does not, and no line has the form of an
   *   error, those come that speak of trouble; and of a few lines that somebody picked, all.
   */
  list(isExplained: boolean): readonly ErrorLine[] {
    if (this.#errors.size > 0 || isExplained) return [...this.#errors.values()];
    if (this.#trouble.size > 0) return [...this.#trouble.values()];
    const isPicked = this.#lines <= fewLines;
    return isPicked ? this.#first.filter(({ text }) => !speaksOfHealth.test(text)) : [];
  }
}

function keep(kinds: Kinds, line: number, text: string): void {
  if (kinds.size >= mostKinds) return;
  const error = { line, text: shown(text) };
  // Times, ids and addresses make no new kind.
  const kind = error.text.replace(/0x[\da-f]+|[\da-f]{8}-[\da-f-]{27}|\d+/gi, '#');
  if (!kinds.has(kind)) kinds.set(kind, error);
}

function shown(text: string): string {
  return text.trim().slice(0, longestText);
}
