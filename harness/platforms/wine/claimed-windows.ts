/** `6.1.7601` of `Microsoft Windows 6.1.7601`, as the command `ver` prints it. */
export function claimedWindows(ver: string): string {
  return /\d+(?:\.\d+)+/.exec(ver)?.[0] ?? 'unknown';
}
