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

/** Splits text at line ends (LF or CRLF) in bounded memory, however long a line is. */
export async function* splitLines(chunks: AsyncIterable<string>): AsyncGenerator<RawLine> {
  let rest = '';
  let number = 1;
  for await (const chunk of chunks) {
    rest += chunk;
    let start = 0;
    for (let end = rest.indexOf('\n'); end !== -1; end = rest.indexOf('\n', start)) {
      yield* pieces(rest.slice(start, end), number);
      number += 1;
      start = end + 1;
    }
    rest = rest.slice(start);
    while (rest.length > pieceLength) {
      yield { text: rest.slice(0, pieceLength), number };
      rest = rest.slice(pieceLength - overlap);
    }
  }
  if (rest !== '') yield* pieces(rest, number);
}

function* pieces(line: string, number: number): Generator<RawLine> {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line;
  if (text.length <= pieceLength) {
    yield { text, number };
    return;
  }
  for (let start = 0; start < text.length; start += pieceLength - overlap) {
    yield { text: text.slice(start, start + pieceLength), number };
  }
}
