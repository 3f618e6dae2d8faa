/** Text has no zero byte, but for UTF-16, in which Latin text has one in every other place. */
export function isBinary(start: Uint8Array): boolean {
  const zeros = start.reduce((count, byte) => count + (byte === 0 ? 1 : 0), 0);
  if (zeros === 0) return false;
  const isMarked =
    (start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff);
  const even = start.filter((byte, index) => byte === 0 && index % 2 === 0).length;
  return !isMarked && even > 0 && even < zeros;
}
