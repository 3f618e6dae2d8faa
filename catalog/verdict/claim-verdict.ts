import type { Evidence, Verdict } from '../evidence/schema.ts';
import type { RunVerdict } from './run-verdict.ts';

export interface ClaimVerdict {
  readonly verdict: Exclude<Verdict, 'not run'>;
  readonly reason: string;
  readonly runs: Evidence['runs'];
}

/** What became of a claim's control in the same run of the harness. */
export interface ControlVerdict {
  readonly claim: string;
  readonly verdict: Verdict;
  readonly reason: string;
}

/** What the runs of one cell say together, before the control is asked. */
export function judgeRuns(runs: readonly RunVerdict[]): ClaimVerdict {
  const holding = runs.filter(({ holds }) => holds === 'yes').length;
  const counted = { total: runs.length, holding };
  const unclear = runs.find(({ holds }) => holds === 'unclear');
  if (unclear !== undefined) return { verdict: 'unknown', reason: unclear.reason, runs: counted };
  const against = runs.find(({ holds }) => holds === 'no');
  if (against === undefined) {
    return { verdict: 'confirmed', reason: runs[0]?.reason ?? '', runs: counted };
  }
  return holding === 0
    ? { verdict: 'refuted', reason: against.reason, runs: counted }
    : {
        verdict: 'unstable',
        reason: `held in ${holding} of ${runs.length} runs; else ${against.reason}`,
        runs: counted,
      };
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
  if (control.verdict === 'confirmed' || own.verdict === 'unknown') return own;
  const reason = `its control ${control.claim} was ${control.verdict} (${control.reason}); seen: ${own.reason}`;
  return { ...own, verdict: 'unknown', reason };
}
