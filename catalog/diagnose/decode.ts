/** Enough bytes to tell UTF-16 from UTF-8. */
const probeLength = 4;

/**
 * Decodes a log: UTF-8, or UTF-16 in either byte order as PowerShell's `>` writes it, with or without
 * a byte order mark. Bytes that are no text become U+FFFD.
 */
export class Decoder {
  #probe = new Uint8Array();
  #decoder: TextDecoder | undefined;

  /** @returns the text of the bytes that are complete by now. */
  push(chunk: Uint8Array): string {
    if (this.#decoder) return this.#decoder.decode(chunk, { stream: true });
    const probe = new Uint8Array(this.#probe.length + chunk.length);
    probe.set(this.#probe);
    probe.set(chunk, this.#probe.length);
    this.#probe = probe;
    if (probe.length < probeLength) return '';
    this.#decoder = new TextDecoder(encodingOf(probe));
    return this.#decoder.decode(probe, { stream: true });
  }

  /** @returns what was held back, once no more bytes come. */
  end(): string {
    if (this.#decoder) return this.#decoder.decode();
    return new TextDecoder(encodingOf(this.#probe)).decode(this.#probe);
  }
}

function encodingOf([first, second, third, fourth]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  // Without a mark: Latin text has a zero in every other byte.
  if (second === 0 && fourth === 0 && first !== 0) return 'utf-16le';
  if (first === 0 && third === 0 && second !== 0) return 'utf-16be';
  return 'utf-8';
}
