/** Enough bytes to tell UTF-16 from UTF-8. */
const probeLength = 4;

/**
 * Decodes a log: UTF-8, or UTF-16 in either byte order as PowerShell's `>` writes it, with or without
 * a byte order mark. Uint8Array that are no text become U+FFFD.
 */
export async function* decode(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let probe: Uint8Array = new Uint8Array();
  let decoder: TextDecoder | undefined;
  for await (const chunk of chunks) {
    if (decoder) {
      yield decoder.decode(chunk, { stream: true });
      continue;
    }
    probe = Buffer.concat([probe, chunk]);
    if (probe.length < probeLength) continue;
    decoder = new TextDecoder(encodingOf(probe));
    yield decoder.decode(probe, { stream: true });
  }
  yield decoder ? decoder.decode() : new TextDecoder(encodingOf(probe)).decode(probe);
}

function encodingOf([first, second, third, fourth]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  // Without a mark: Latin text has a zero in every other byte.
  if (second === 0 && fourth === 0 && first !== 0) return 'utf-16le';
  if (first === 0 && third === 0 && second !== 0) return 'utf-16be';
  return 'utf-8';
}
