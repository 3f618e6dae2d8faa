import type { Claim } from '../writeup/schema.ts';
import { cellsOf } from './cells.ts';
import { cellName, type Cell, type Evidence, type Verdict } from './schema.ts';

/** What is known of one claim in one cell it speaks of. */
export interface ClaimResult {
  readonly claim: Claim;
  readonly cell: Cell;
  readonly verdict: Verdict;
  /** Absent for `not run`, and where the sentence has changed since. */
  readonly evidence?: Evidence;
}

/** One result for each cell of the claim, in the order written. */
export function resultsOf(claim: Claim, evidence: readonly Evidence[]): ClaimResult[] {
  return cellsOf(claim).map((cell) => {
    const recorded = evidence.find(
      (one) =>
        one.claim === claim.id && one.says === claim.says && cellName(one.cell) === cellName(cell),
    );
    return recorded
      ? { claim, cell, verdict: recorded.verdict, evidence: recorded }
      : { claim, cell, verdict: 'not run' };
  });
}
