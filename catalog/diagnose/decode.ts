/** Enough bytes to tell UTF-16 from UTF-8. */
const probeLength = 4;

/**
 * Turns the bytes of a log into UTF-8, without a byte order mark: UTF-16 in either byte order, as
 * PowerShell's `>` writes it, is encoded anew; what is UTF-8 passes as it is.
 */
export class Decoder {
  readonly #encoder = new TextEncoder();
  #probe: Uint8Array | undefined = new Uint8Array();
  #utf16: TextDecoder | undefined;

  /** @returns the bytes of which is known by now how they are to be read. */
  push(chunk: Uint8Array): Uint8Array {
    if (this.#probe) {
      const probe = concatenate(this.#probe, chunk);
      // The chunk may be used again.
      this.#probe = probe.slice(0, probeLength);
      return probe.length < probeLength ? new Uint8Array() : this.#begin(probe);
    }
    return this.#utf16 ? this.#encode(this.#utf16.decode(chunk, { stream: true })) : chunk;
  }

  /** @returns what was held back, once no more bytes come. */
  end(): Uint8Array {
    const begun = this.#probe ? this.#begin(this.#probe) : new Uint8Array();
    return this.#utf16 ? concatenate(begun, this.#encode(this.#utf16.decode())) : begun;
  }

  #begin(probe: Uint8Array): Uint8Array {
    this.#probe = undefined;
    const encoding = encodingOf(probe);
    if (encoding === 'utf-8') return isMarked(probe) ? probe.subarray(3) : probe;
    this.#utf16 = new TextDecoder(encoding);
    return this.#encode(this.#utf16.decode(probe, { stream: true }));
  }

  #encode(text: string): Uint8Array {
    return this.#encoder.encode(text);
  }
}

/** One array with the bytes of both. */
function concatenate(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

function isMarked([first, second, third]: Uint8Array): boolean {
  return first === 0xef && second === 0xbb && third === 0xbf;
}

function encodingOf([first, second, third, fourth]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  // Without a mark: Latin text has a zero in every other byte.
  if (second === 0 && fourth === 0 && first !== 0) return 'utf-16le';
  if (first === 0 && third === 0 && second !== 0) return 'utf-16be';
  return 'utf-8';
}
