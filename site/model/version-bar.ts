import { historyOf } from '../../catalog/diagnose/version-history.ts';
import type { VersionStatus } from '../../catalog/diagnose/version-status.ts';
import { platforms, type Platform, type Pool } from '../../catalog/writeup/schema.ts';
import { showing, type TestedBug } from './bug.ts';
import { sorted } from './words.ts';

/** What runs say of a version: a bug may be bad there, or good, or nobody has looked. */
export interface VersionMark {
  version: string;
  status: VersionStatus['status'];
}

/** The versions of an engine on one platform in one pool, the oldest first. */
export interface VersionBar {
  platform: Platform;
  pool: Pool;
  marks: VersionMark[];
}

/**
 * Who is affected, by platform and pool, as far as runs have shown it. All bars of a bug have the same
 * versions, those that its claims speak of; what did not run is a gap, and nothing is concluded for it.
 */
export function versionBars(bug: TestedBug): VersionBar[] {
  const shown = showing(bug).flatMap(({ results }) => results);
  const fixed = bug.claims
    .filter(({ id }) => id === bug.fix.claim)
    .flatMap(({ results }) => results);
  const results = [...shown, ...fixed];
  const versions = sorted(
    'version',
    results.map(({ cell }) => cell.version),
  );
  const places = Map.groupBy(shown, ({ cell }) => `${cell.platform} ${cell.pool}`);
  return [...places.values()]
    .flatMap(([first]) => (first ? [first.cell] : []))
    .toSorted((a, b) => platforms.indexOf(a.platform) - platforms.indexOf(b.platform))
    .map(({ platform, pool }) => {
      const here = results.filter(({ cell }) => cell.platform === platform && cell.pool === pool);
      const { fails, works } = historyOf(bug, here);
      const marks = versions.map((version) => ({
        version,
        status: statusIn(version, fails, works),
      }));
      return { platform, pool, marks };
    });
}

/** All platforms and pools in one bar: a version in which the failure was shown anywhere is bad. */
export function versionMarks(bug: TestedBug): VersionMark[] {
  const results = bug.claims.flatMap((claim) => claim.results);
  const spoken = versionBars(bug)[0]?.marks.map(({ version }) => version) ?? [];
  const { fails, works } = historyOf(bug, results);
  return spoken.map((version) => ({ version, status: statusIn(version, fails, works) }));
}

function statusIn(
  version: string,
  fails: readonly string[],
  works: readonly string[],
): VersionMark['status'] {
  if (fails.includes(version)) return 'fails';
  return works.includes(version) ? 'works' : 'not run';
}
