import type { Signature } from '../../catalog/writeup/schema.ts';
import { NotRun } from '../lab/not-run.ts';
import { machinePlaceholders, redact } from '../record/placeholders.ts';
import { tidyRecord } from '../record/tidy.ts';
import type { Trial } from '../trial/trial.ts';
import type { ClaimCell } from '../selection/plan.ts';
import { observe, type ObserveOptions } from './observe.ts';
import type { Scenario } from './run.ts';

export interface TrialOptions extends ObserveOptions {
  readonly signatures: readonly Signature[];
}

/** Runs a claim once in one cell. */
export async function runTrial(
  { claim, cell }: ClaimCell,
  scenario: Scenario,
  { signatures, ...options }: TrialOptions,
): Promise<Trial> {
  try {
    const record = await observe({ claim, cell }, scenario, options);
    const judgedAfterMs = Math.round(performance.now() - record.settledAt);
    const { waitedInVainMs } = record;
    const tidy = tidyRecord(record, cell, signatures);
    return { is: 'observed', record: tidy, judgedAfterMs, waitedInVainMs };
  } catch (error) {
    if (error instanceof NotRun) return { is: 'not run', reason: error.message };
    const message = error instanceof Error ? error.message : String(error);
    return { is: 'failed', error: redact(message, machinePlaceholders()) };
  }
}
