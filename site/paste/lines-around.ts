import { Decoder } from '../../catalog/diagnose/decode.ts';

/** A line that goes on and on is cut, so that one without an end does not fill the memory. */
const longestLine = 2_000;

/** The lines of a log from number `first` to number `last`, counted from 1. */
export async function linesBetween(
  chunks: AsyncIterable<Uint8Array>,
  first: number,
  last: number,
): Promise<string[]> {
  const decoder = new Decoder();
  const text = new TextDecoder();
  const lines: string[] = [];
  let number = 1;
  let line = '';
  const take = (piece: string): boolean => {
    const parts = piece.split(/\r?\n/);
    for (const [index, part] of parts.entries()) {
      if (number >= first && line.length < longestLine) line += part.slice(0, longestLine);
      if (index === parts.length - 1) break;
      if (number >= first) lines.push(line.replace(/\r$/, ''));
      line = '';
      number += 1;
      if (number > last) return false;
    }
    return true;
  };
  for await (const chunk of chunks) {
    if (!take(text.decode(decoder.push(chunk), { stream: true }))) return lines;
  }
  if (take(text.decode(decoder.end())) && line !== '' && number >= first) lines.push(line);
  return lines;
}
