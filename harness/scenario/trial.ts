import type { Signature } from '../../catalog/writeup/schema.ts';
import { NotRun } from '../lab/not-run.ts';
import { machinePlaceholders, redact } from '../record/placeholders.ts';
import { tidyRecord, type TidyRecord } from '../record/tidy.ts';
import type { ClaimCell } from '../selection/plan.ts';
import { observe, type ObserveOptions } from './observe.ts';
import type { Scenario } from './run.ts';

/** What became of one run of a claim in a cell. It is judged later, together with those of other rounds. */
export type Trial = ObservedTrial | FailedTrial | NotRunTrial;

interface ObservedTrial {
  readonly is: 'observed';
  readonly record: TidyRecord;
  /** How long after the fate of its last job was known the run was over. */
  readonly judgedAfterMs: number;
  /** How long it waited for what must not happen. */
  readonly waitedInVainMs: number;
}

/** The scenario itself failed, which shows nothing about its claim. */
interface FailedTrial {
  readonly is: 'failed';
  readonly error: string;
}

export interface NotRunTrial {
  readonly is: 'not run';
  readonly reason: string;
}

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
