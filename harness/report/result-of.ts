import { machinePlaceholders, redact } from '../record/placeholders.ts';
import { tidyRecord } from '../record/tidy.ts';
import type { Trial } from '../scenario/trial.ts';
import type { Case } from '../selection/plan.ts';
import type { ClaimVerdict, ControlVerdict } from '../../catalog/verdict/claim-verdict.ts';
import type { Result } from './result.ts';

/** The result of a claim that was tested, with its evidence unless the scenario itself failed. */
export function resultOf(
  one: Case,
  { record, outcome, judgedAfterMs }: Trial,
  control: ControlVerdict,
  { verdict, reason, runs }: ClaimVerdict,
): Result {
  const asWritten = verdict === (one.claim.known ?? 'confirmed');
  const result = { ...aboutCase(one), verdict, reason, asWritten };
  if (record === undefined) return { ...result, durationMs: 0 };
  return {
    ...result,
    durationMs: record.observation.durationMs,
    judgedAfterMs,
    evidence: {
      ...result,
      // It may quote what a program said.
      reason: redact(reason, machinePlaceholders()),
      runs,
      control: { claim: control.claim, verdict: control.verdict },
      outcome,
      ...tidyRecord(record, one.cell, one.signatures),
    },
  };
}

/** The result of a claim that was not run; it misses nothing. */
export function notRunResult(one: Case, reason: string): Result {
  return { ...aboutCase(one), verdict: 'not run', reason, asWritten: true, durationMs: 0 };
}

function aboutCase({ bug, slug, claim, cell }: Case) {
  return { bug, slug, claim: claim.id, says: claim.says, cell };
}
