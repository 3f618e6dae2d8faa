/** `6.1.7601` of `Microsoft Windows 6.1.7601`, as the command `ver` prints it; undefined when it printed none. */
export function claimedWindows(ver: string): string | undefined {
  return /\d+(?:\.\d+)+/.exec(ver)?.[0];
}
