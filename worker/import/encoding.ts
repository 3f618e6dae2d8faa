import { BadFile } from './bad-file.ts';

/** Encodings a caller may name. Without a name: UTF-8, or UTF-16 with a byte order mark. */
export const encodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1250',
  'windows-1252',
  'iso-8859-1',
  'iso-8859-15',
  'macintosh',
] as const;
export type Encoding = (typeof encodings)[number];

/** Starts of files that are no text, and what to do about them. */
const signatures: readonly (readonly [readonly number[], string])[] = [
  [[0x1f, 0x8b], 'a gzip archive. Unpack it with gunzip'],
  [[0x50, 0x4b, 0x03, 0x04], 'a zip archive or an Excel workbook. Unpack it, or save it as CSV'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'an old Excel workbook. Save it as CSV'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF. Ask your broker for CSV'],
  [[0x42, 0x5a, 0x68], 'a bzip2 archive. Unpack it with bunzip2'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'a zstd archive. Unpack it with unzstd'],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], 'an xz archive. Unpack it with unxz'],
];

/** Bytes looked at to tell what a file is. */
const headSize = 512;

/**
 * The text of a file, as it arrives.
 * @throws BadFile when it is no text, or no text of that encoding, with the line.
 */
export async function* decodeText(
  content: AsyncIterable<Uint8Array>,
  named: Encoding | undefined,
): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  let head: Uint8Array = new Uint8Array(0);
  let line = 1;
  const checked = (text: string): string => {
    const lost = text.indexOf('\u{FFFD}');
    if (lost !== -1) throw undecodable(line + newlinesIn(text.slice(0, lost)), named);
    line += newlinesIn(text);
    return text;
  };
  for await (const chunk of content) {
    if (decoder) {
      yield checked(decoder.decode(chunk, { stream: true }));
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < headSize) continue;
    decoder = new TextDecoder(encodingOf(head, named));
    yield checked(decoder.decode(head, { stream: true }));
  }
  yield checked(decoder ? decoder.decode() : new TextDecoder(encodingOf(head, named)).decode(head));
}

function encodingOf(head: Uint8Array, named: Encoding | undefined): Encoding {
  const refuse = (reason: string): never => {
    throw new BadFile([{ line: 1, reason }]);
  };
  const starts = (bytes: readonly number[]) => bytes.every((byte, index) => head[index] === byte);
  for (const [bytes, what] of signatures) if (starts(bytes)) refuse(`expected CSV, got ${what}`);
  const marked = markedEncoding(starts);
  if (marked && named && marked !== named) {
    refuse(`expected ${named} as was asked for, got a file that is marked as ${marked}`);
  }
  const unmarked = marked ?? named;
  if (unmarked) return unmarked;
  const [even, odd] = [0, 1].map(
    (start) => head.filter((byte, index) => byte === 0 && index % 2 === start).length,
  );
  // Text in Latin letters has a zero in every second byte of UTF-16.
  const many = head.length / 4;
  const guess = (odd ?? 0) > many ? 'utf-16le' : (even ?? 0) > many ? 'utf-16be' : undefined;
  if (guess) {
    refuse(
      `expected UTF-8, got what looks like UTF-16 without a byte order mark. Say encoding=${guess} if it is`,
    );
  }
  return 'utf-8';
}

function markedEncoding(starts: (bytes: readonly number[]) => boolean): Encoding | undefined {
  if (starts([0xef, 0xbb, 0xbf])) return 'utf-8';
  if (starts([0xff, 0xfe])) return 'utf-16le';
  return starts([0xfe, 0xff]) ? 'utf-16be' : undefined;
}

function undecodable(line: number, named: Encoding | undefined): BadFile {
  const advice = named
    ? 'Is it another encoding?'
    : 'Say encoding=windows-1252 if it comes from Windows in Western Europe, or save it as UTF-8';
  return new BadFile([
    {
      line,
      reason: `expected text in ${named ?? 'UTF-8'}, got bytes that are none or a character that was lost before (U+FFFD). ${advice}`,
    },
  ]);
}

function newlinesIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
