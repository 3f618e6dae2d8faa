/** Control characters that text has: tab, line feeds, form feed, backspace, and escape for colours. */
const textControls: ReadonlySet<number> = new Set([8, 9, 10, 11, 12, 13, 27]);

/** The share of other control characters from which on something is no text. Bytes by chance have 0.1. */
const mostControls = 0.02;

/**
 * Whether the start of a file shows that it is no text.
 *
 * Zero bytes alone do not: UTF-16 has one in every other place, and a log that was truncated while a
 * program wrote to it begins with as many as it had bytes before (logrotate's `copytruncate`).
 */
export function isBinary(start: Uint8Array): boolean {
  const zeros = start.reduce((count, byte) => count + (byte === 0 ? 1 : 0), 0);
  if (zeros === 0) return false;
  const isMarked =
    (start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff);
  const even = start.filter((byte, index) => byte === 0 && index % 2 === 0).length;
  const isUtf16 = (even === 0 || even === zeros) && zeros > start.length / 4;
  if (isMarked || isUtf16) return false;
  const controls = start.filter((byte) => byte > 0 && byte < 32 && !textControls.has(byte)).length;
  return controls > mostControls * (start.length - zeros);
}
