/** What is known of a version: whether it counts to a range, or that it could not be run. */
export type Known = 'in' | 'out' | 'not run';

/** Which versions are asked about, and how closely. */
export interface Question {
  /** All versions that may be tried, the oldest first. */
  readonly versions: readonly string[];
  /** Tried first. */
  readonly probes: readonly string[];
  /** Tries every one of them. */
  readonly all: boolean;
}

/**
 * The versions to try next: the probes, and then the one in the middle between any two neighbours of
 * which one is in and one is not, until no version is left between them. What could not be run is passed
 * over, to the nearest that may. Between two neighbours that came to the same nothing more is tried.
 *
 * @returns none when the search is over.
 */
export function nextToTry(
  { versions, probes, all }: Question,
  known: ReadonlyMap<string, Known>,
): string[] {
  const first = (all ? versions : probes).filter((version) => !known.has(version));
  if (first.length > 0) return first;
  const able = versions.filter((version) => known.get(version) !== 'not run');
  const tried = able.flatMap((version, at) => {
    const state = known.get(version);
    return state === undefined ? [] : [{ at, state }];
  });
  return tried.flatMap(({ at, state }, index) => {
    const next = tried[index + 1];
    if (next === undefined || next.state === state || next.at - at < 2) return [];
    return able[Math.floor((at + next.at) / 2)] ?? [];
  });
}

/** The versions at the edges of ranges: those whose neighbour came to the other. */
export function edgesOf(versions: readonly string[], known: ReadonlyMap<string, Known>): string[] {
  const tried = versions.filter((version) => ['in', 'out'].includes(known.get(version) ?? ''));
  return tried.filter((version, at) =>
    [tried[at - 1], tried[at + 1]].some(
      (other) => other !== undefined && known.get(other) !== known.get(version),
    ),
  );
}

/**
 * Where to begin: the newest version, those that the write-up names, and the first and the last of each
 * major version, but of majors older than the write-up speaks of only the last.
 */
export function probesAmong(versions: readonly string[], named: readonly string[]): string[] {
  const major = (version: string) => Number.parseInt(version, 10);
  const there = named.filter((version) => versions.includes(version));
  const oldest = Math.min(...there.map(major), ...versions.slice(-1).map(major));
  const wanted = new Set([...there, ...versions.slice(-1)]);
  for (const [one, ofMajor] of Map.groupBy(versions, major)) {
    const [first, last] = [ofMajor[0], ofMajor.at(-1)];
    if (first !== undefined && one >= oldest) wanted.add(first);
    if (last !== undefined) wanted.add(last);
  }
  return versions.filter((version) => wanted.has(version));
}
