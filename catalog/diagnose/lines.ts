/** A line of the file as it stands there, or a piece of one that is too long to hold. */
export interface RawLine {
  readonly text: string;
  /** The line's number in the file, from 1. Pieces of a line share it. */
  readonly number: number;
}

/** The longest piece of a line that is held, in characters. */
export const pieceLength = 65_536;
/** How much of a piece is seen again at the start of the next, so that no message is cut in two. */
const overlap = 4_096;

/**
 * Splits text at line ends (LF or CRLF) in bounded memory, however long a line is. Lines come in
 * batches, one for each chunk of text.
 */
export async function* splitLines(chunks: AsyncIterable<string>): AsyncGenerator<RawLine[]> {
  let rest = '';
  let number = 1;
  for await (const chunk of chunks) {
    // eslint-disable-next-line portable/no-split-at-lf -- a CR may be in this chunk and its LF in the next: see pieces()
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    const batch = lines.flatMap((line) => pieces(line, number++));
    while (rest.length > pieceLength) {
      batch.push({ text: rest.slice(0, pieceLength), number });
      rest = rest.slice(pieceLength - overlap);
    }
    yield batch;
  }
  if (rest !== '') yield pieces(rest, number);
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
