/** What a reader looks for; what is empty may be anything. */
export interface Wanted {
  q: string;
  engine: string;
  platform: string;
  pool: string;
  topic: string;
  version: string;
}

/** What a list knows of a bug. */
export interface Listed {
  text: string;
  engine: string;
  topic: string;
  platforms: readonly string[];
  pools: readonly string[];
  versions: readonly { version: string; status: string }[];
}

/** Wine stands in for Windows: what was shown there is what is known of Windows. */
const standIn: Readonly<Record<string, string>> = { win32: 'wine' };

/**
 * Whether a bug may be that of a reader. Of a version that did not run nothing is known, so that the bug
 * stays; it goes when all runs of the version came out well.
 */
export function fits(bug: Listed, wanted: Wanted): boolean {
  const words = wanted.q.toLowerCase().split(/\s+/).filter(Boolean);
  const { engine, platform, pool, topic } = wanted;
  const there = [platform, standIn[platform]];
  return (
    words.every((word) => bug.text.toLowerCase().includes(word)) &&
    (engine === '' || bug.engine === engine) &&
    (topic === '' || bug.topic === topic) &&
    (pool === '' || bug.pools.includes(pool)) &&
    (platform === '' || bug.platforms.some((one) => there.includes(one))) &&
    statusOf(bug, wanted.version) !== 'works'
  );
}

/** What runs say of a version, `6.2` being all that begin so; nothing where none is asked for. */
export function statusOf(
  { versions }: Pick<Listed, 'versions'>,
  version: string,
): 'fails' | 'works' | 'not run' | undefined {
  const asked = version.trim().replace(/^v/i, '');
  if (asked === '') return undefined;
  const ran = versions
    .filter((one) => one.version === asked || one.version.startsWith(`${asked}.`))
    .map(({ status }) => status);
  if (ran.includes('fails')) return 'fails';
  return ran.includes('works') ? 'works' : 'not run';
}
