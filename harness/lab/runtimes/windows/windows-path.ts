/** A path of this machine as Windows programs see it: Wine shows the root folder as drive Z. */
export function toWindowsPath(path: string): string {
  return `Z:${path.replaceAll('/', '\\')}`;
}
