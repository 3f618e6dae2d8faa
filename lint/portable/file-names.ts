/** How long a file's name in the repository may be: the 260 characters of Windows, less 80 for where the clone lies. */
const longest = 180;

const forbidden = /[<>:"|?*\\\p{Cc}]|[. ](?:\/|$)/u;
const devices = /(?:^|\/)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.[^/]*)?(?:\/|$)/i;

/** Why Windows cannot hold a file of this name (relative to the repository, with `/`), if it cannot. */
export function whyNoSuchFile(name: string): string | undefined {
  if (forbidden.test(name)) return 'it has a character that Windows refuses';
  if (devices.test(name)) return 'it is the name of a device of Windows';
  if (name.length > longest) return `it has ${name.length} characters, more than ${longest}`;
  return undefined;
}

/** Names that are one and the same on Windows and macOS, which do not tell capitals from small letters. */
export function clashing(names: readonly string[]): string[][] {
  const byFile = Map.groupBy(names, (name) => name.toLowerCase());
  return [...byFile.values()].filter((same) => same.length > 1);
}
