import { cellName, verdicts, type Verdict } from '../../catalog/evidence/schema.ts';
import type { Result } from './result.ts';

const keys: Record<Verdict, string> = {
  confirmed: 'confirmed',
  refuted: 'refuted',
  unstable: 'unstable',
  unknown: 'unknown',
  'not run': 'notRun',
};

/** What `harness --json` prints: a contract that other programs read. */
export function toJson(results: readonly Result[]) {
  return {
    results: results.map(
      ({
        bug,
        claim,
        cell,
        verdict,
        reason,
        durationMs,
        judgedAfterMs,
        waitedInVainMs,
        runs,
        evidence,
      }) => ({
        bug,
        claim,
        platform: cell.platform,
        engine: `${cell.engine}@${cell.version}`,
        pool: cell.pool,
        cell: cellName(cell),
        verdict,
        reason,
        runs: runs ?? null,
        durationMs,
        judgedAfterMs: judgedAfterMs ?? null,
        waitedInVainMs: waitedInVainMs ?? null,
        evidence: evidence ?? null,
      }),
    ),
    summary: countVerdicts(results),
  };
}

/** How many results came to each verdict. */
function countVerdicts(results: readonly Result[]): Record<string, number> {
  return Object.fromEntries(
    verdicts.map((verdict) => [
      keys[verdict],
      results.filter((result) => result.verdict === verdict).length,
    ]),
  );
}
