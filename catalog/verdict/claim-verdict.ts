import type { Verdict } from '../evidence/schema.ts';
import type { RunVerdict } from './run-verdict.ts';

export interface ClaimVerdict {
  readonly verdict: Exclude<Verdict, 'not run'>;
  readonly reason: string;
  /** m of n: in how many of all runs the sentence held. */
  readonly runs: { readonly total: number; readonly holding: number };
}

/** What became of a claim's control in the same rounds. */
export interface ControlVerdict {
  readonly claim: string;
  readonly verdict: Verdict;
  readonly reason: string;
}

/** What the runs of one cell say together, and the run that speaks for them. */
export interface CellVerdict<Run extends RunVerdict = RunVerdict> extends ClaimVerdict {
  readonly telling: Run;
}

/**
 * What the runs of one cell say together, before the control is asked.
 *
 * @throws when there is no run.
 */
export function judgeRuns<Run extends RunVerdict>(runs: readonly Run[]): CellVerdict<Run> {
  const [first] = runs;
  if (first === undefined) throw new Error('expected at least one run to judge, got none');
  const holding = runs.filter(({ holds }) => holds === 'yes').length;
  const counted = { total: runs.length, holding };
  const unclear = runs.find(({ holds }) => holds === 'unclear');
  if (unclear !== undefined) {
    return { verdict: 'unknown', reason: unclear.reason, runs: counted, telling: unclear };
  }
  const against = runs.find(({ holds }) => holds === 'no');
  if (against === undefined) {
    return { verdict: 'confirmed', reason: first.reason, runs: counted, telling: first };
  }
  if (holding === 0) {
    return { verdict: 'refuted', reason: against.reason, runs: counted, telling: against };
  }
  const reason = `held in ${holding} of ${runs.length} runs; else ${against.reason}`;
  return { verdict: 'unstable', reason, runs: counted, telling: against };
}

/** A control holds when every one of its cells is confirmed; the first that is not speaks for it. */
export function judgeControl(
  claim: string,
  cells: readonly Pick<ControlVerdict, 'verdict' | 'reason'>[],
): ControlVerdict {
  if (cells.length === 0) {
    return { claim, verdict: 'unknown', reason: 'it has no cell on this platform' };
  }
  const { verdict, reason } = cells.find(({ verdict }) => verdict !== 'confirmed') ?? {
    verdict: 'confirmed' as const,
    reason: '',
  };
  return { claim, verdict, reason };
}

/** The claim's verdict: nothing is known without a control that was confirmed. */
export function judgeClaim(own: ClaimVerdict, control: ControlVerdict): ClaimVerdict {
  const { verdict, reason, runs } = own;
  if (control.verdict === 'confirmed' || verdict === 'unknown') return { verdict, reason, runs };
  return {
    verdict: 'unknown',
    reason: `its control ${control.claim} was ${control.verdict} (${control.reason}); seen: ${reason}`,
    runs,
  };
}
