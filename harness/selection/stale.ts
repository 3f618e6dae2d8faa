import { Sources } from '../../catalog/evidence/digest.ts';
import { readEvidence } from '../../catalog/evidence/read.ts';
import { cellName } from '../../catalog/evidence/schema.ts';
import { resultsOf, type ClaimResult } from '../../catalog/verdict/results.ts';
import type { Writeup } from '../../catalog/writeup/schema.ts';
import { caseName, type Case } from './plan.ts';

/** A case, and what is recorded of it. */
export interface RecordedCase {
  readonly one: Case;
  readonly recorded: Pick<ClaimResult, 'verdict' | 'reason'>;
}

/**
 * Joins cases with what is recorded of them: a verdict, `stale`, or `not run`.
 *
 * @throws InvalidFiles where evidence of a bug with a case cannot be read.
 */
export function recordedCases(
  cases: readonly Case[],
  writeups: readonly Writeup[],
  root: string,
): RecordedCase[] {
  const sources = new Sources(root);
  const slugs = new Set(cases.map(({ slug }) => slug));
  const results = new Map<string, RecordedCase['recorded']>(
    writeups
      .filter(({ slug }) => slugs.has(slug))
      .flatMap((writeup) =>
        resultsOf(writeup, readEvidence(writeup.slug, root), sources).map(
          (result) =>
            [
              `${writeup.slug} ${result.claim.id} ${cellName(result.cell)}`,
              { verdict: result.verdict, reason: result.reason },
            ] as const,
        ),
      ),
  );
  return cases.map((one) => ({
    one,
    recorded: results.get(caseName(one)) ?? {
      verdict: 'not run',
      reason: 'no claim speaks of this version',
    },
  }));
}

/** Whether a run is wanted: nothing is recorded, or what is recorded is of something else by now. */
export function wantsRun({ recorded: { verdict } }: RecordedCase): boolean {
  return verdict === 'stale' || verdict === 'not run';
}
