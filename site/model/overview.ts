import { platforms, type Platform } from '../../catalog/writeup/schema.ts';
import { isContrary, type TestedBug } from './bug.ts';

/** How far the claims of a bug were put to the test on one platform. */
export interface Coverage {
  platform: Platform;
  /** Combinations that its claims speak of there. None: the bug does not speak of the platform. */
  spoken: number;
  /** Those with a recorded run. */
  ran: number;
  /** Runs that came out otherwise than the write-up says. */
  otherwise: number;
  /** Runs of something that has changed since. */
  stale: number;
}

/** One row of the overview: every platform, in their order. */
export function coverageOf({ claims }: Pick<TestedBug, 'claims'>): Coverage[] {
  const results = Map.groupBy(
    claims.flatMap((claim) => claim.results),
    ({ cell }) => cell.platform,
  );
  return platforms.map((platform) => {
    const here = results.get(platform) ?? [];
    const runs = here.filter(({ evidence }) => evidence);
    return {
      platform,
      spoken: here.length,
      ran: runs.length,
      otherwise: runs.filter(isContrary).length,
      stale: runs.filter((one) => one.stale !== undefined).length,
    };
  });
}
