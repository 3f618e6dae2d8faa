/**
 * What runs of the harness say of versions of a bug's engine. Only what ran counts: a version between
 * two that fail was not run.
 */
export interface VersionHistory {
  /** The library whose versions these are. */
  readonly package: string;
  /** Versions in which the failure was shown. */
  readonly fails: readonly string[];
  /** Versions in which it was looked for and not found, or that bring the fix. */
  readonly works: readonly string[];
  /** Where the failure was shown: `prefork on linux`. */
  readonly shownWith: readonly string[];
}

/** A version held against the history of a bug. */
export interface VersionStatus {
  readonly package: string;
  readonly version: string;
  readonly status: 'fails' | 'works' | 'not run';
  /** Of a version that was not run: what came out with the nearest older one that was, else the nearest newer. */
  readonly nearest?: 'fails' | 'works';
  /** The same in words, with the nearest versions that ran. */
  readonly says: string;
}

const order = new Intl.Collator('en', { numeric: true });

/** Negative where `a` is the older version. */
export function compareVersions(a: string, b: string): number {
  return order.compare(a, b);
}

/** What is known of a version of the history's package. */
export function statusOf(version: string, history: VersionHistory): VersionStatus {
  const { package: name, fails, works } = history;
  const known = { package: name, version };
  if (fails.includes(version)) {
    return { ...known, status: 'fails', says: `${name} ${version} is known to fail` };
  }
  if (works.includes(version)) {
    return { ...known, status: 'works', says: `${name} ${version} is known to work` };
  }
  const tested = [
    ...fails.map((of) => ({ of, how: 'fails' as const })),
    ...works.map((of) => ({ of, how: 'works' as const })),
  ].sort((a, b) => compareVersions(a.of, b.of));
  const before = tested.findLast(({ of }) => compareVersions(of, version) < 0);
  const after = tested.find(({ of }) => compareVersions(of, version) > 0);
  const around = [before, after].filter((one) => one !== undefined);
  const says = [
    `${name} ${version} was not run`,
    ...around.map(({ of, how }) => `${of} ${how}`),
  ].join('; ');
  const [nearest] = around;
  return { ...known, status: 'not run', says, ...(nearest ? { nearest: nearest.how } : {}) };
}
