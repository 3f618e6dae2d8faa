import type { Observation } from '../evidence/schema.ts';
import type { Expectation, Signature } from '../writeup/schema.ts';
import { factHolds } from './facts.ts';
import { outcomeOf, type Outcome } from './outcome.ts';
import { showsSignature } from './signature.ts';

/** What one run says about the sentence, before its control is asked. */
export interface RunVerdict {
  readonly holds: 'yes' | 'no' | 'unclear';
  readonly outcome: Outcome;
  readonly reason: string;
}

/**
 * Holds one observation against what the write-up expects. A failure that shows another message than
 * the one expected speaks neither for nor against the sentence.
 */
export function judgeRun(
  observation: Observation,
  expect: Expectation,
  signatures: readonly Signature[],
): RunVerdict {
  const { outcome, reason } = outcomeOf(observation);
  if (outcome === 'unclear') return { holds: 'unclear', outcome, reason };
  if (outcome !== expect.outcome) return { holds: 'no', outcome, reason };

  const signature = signatures.find(({ id }) => id === expect.signature);
  if (expect.signature !== undefined && signature === undefined) {
    throw new Error(`The write-up has no signature "${expect.signature}".`);
  }
  if (signature !== undefined && !showsSignature(observation, signature)) {
    const missing = `failed, but without "${signature.template}": ${reason}`;
    return { holds: 'unclear', outcome, reason: missing };
  }
  return { outcome, ...judgeFacts(observation, expect, reason) };
}

function judgeFacts(
  { facts }: Observation,
  expect: Expectation,
  reason: string,
): Pick<RunVerdict, 'holds' | 'reason'> {
  for (const [name, expected] of Object.entries(expect.facts)) {
    const observed = facts[name];
    if (observed === undefined) return { holds: 'unclear', reason: `"${name}" was not observed` };
    if (!factHolds(observed, expected)) {
      return { holds: 'no', reason: `${name}: ${observed}, expected ${expected}` };
    }
  }
  return { holds: 'yes', reason };
}
