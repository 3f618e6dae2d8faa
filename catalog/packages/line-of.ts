import type { LockedPackage } from './read-packages.ts';

/** How many lines below a package's name its version stands at most, in any lock file. */
const near = 4;

/**
 * The line, from 1, at which a file of packages names one: where its version stands close by, else where
 * its name does.
 */
export function lineOf(
  {
    package: name,
    version,
  }: Pick<LockedPackage, 'package'> & { readonly version?: string | undefined },
  lines: readonly string[],
): number | undefined {
  // Names are kept in one form; files have `-`, `_` and `.` as they like.
  const pattern = name.startsWith('@') ? escape(name) : name.split('-').map(escape).join('[-_.]+');
  const named = new RegExp(
    `(?:^|["'\\s]|node_modules/|^\\s*/)${pattern}(?=["'\\s@=:/[<>~!;,]|$)`,
    'i',
  );
  const places = lines.flatMap((line, index) => (named.test(line) ? [index] : []));
  const versioned =
    version === undefined
      ? undefined
      : places.find((index) =>
          lines.slice(index, index + near).some((line) => line.includes(version)),
        );
  const found = versioned ?? places[0];
  return found === undefined ? undefined : found + 1;
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
}
