/** A line of the log as it stands there, or a piece of one that is too long to hold. */
export interface RawLine {
  readonly text: string;
  /** The line's number in the log, from 1. Pieces of a line share it. */
  readonly number: number;
}

/** The longest piece of a line that is held, in characters. */
export const pieceLength = 65_536;
/** How much of a piece is seen again at the start of the next, so that no message is cut in two. */
const overlap = 4_096;

/** Splits text at line ends (LF or CRLF) in bounded memory, however long a line is. */
export class LineSplitter {
  #rest = '';
  #number = 1;

  /** @returns the lines that are complete, and the pieces of a long one. */
  push(chunk: string): RawLine[] {
    // eslint-disable-next-line portable/no-split-at-lf -- a CR may be in this chunk and its LF in the next: see pieces()
    const lines = (this.#rest + chunk).split('\n');
    this.#rest = lines.pop() ?? '';
    const batch = lines.flatMap((line) => pieces(line, this.#number++));
    while (this.#rest.length > pieceLength) {
      batch.push({ text: this.#rest.slice(0, pieceLength), number: this.#number });
      this.#rest = this.#rest.slice(pieceLength - overlap);
    }
    return batch;
  }

  /** @returns the last line, where no line end follows it. */
  end(): RawLine[] {
    const rest = this.#rest;
    this.#rest = '';
    return rest === '' ? [] : pieces(rest, this.#number);
  }
}

function pieces(line: string, number: number): RawLine[] {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line;
  const step = pieceLength - overlap;
  const count = text.length <= pieceLength ? 1 : Math.ceil(text.length / step);
  return Array.from({ length: count }, (_, index) => ({
    text: text.slice(index * step, index * step + pieceLength),
    number,
  }));
}
