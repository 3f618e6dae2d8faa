import type { Cell } from '../../catalog/evidence/schema.ts';
import type { Claim, Signature } from '../../catalog/writeup/schema.ts';
import { judgeRuns, type ClaimVerdict } from '../../catalog/verdict/claim-verdict.ts';
import { judgeRun, type RunVerdict } from '../../catalog/verdict/run-verdict.ts';
import { judgeWineArtefact } from '../../catalog/verdict/wine-artefact.ts';
import { NotRun } from '../lab/not-run.ts';
import { observe, type ObserveOptions, type RunRecord } from './observe.ts';
import type { Scenario } from './run.ts';

/** The runs of one claim in one cell, and what they say before a control is asked. */
export interface Trial extends ClaimVerdict {
  readonly outcome: RunVerdict['outcome'];
  /** The run that shows the verdict; missing when the scenario itself failed. */
  readonly record: RunRecord | undefined;
  /** The longest that any of its runs was judged after the fate of its last job was known. */
  readonly judgedAfterMs: number;
}

export interface NotRunTrial {
  readonly verdict: 'not run';
  readonly reason: string;
}

export interface TrialOptions extends ObserveOptions {
  readonly repeat: number;
  readonly signatures: readonly Signature[];
}

interface JudgedRun {
  readonly judged: RunVerdict;
  readonly record?: RunRecord;
}

/** Runs a claim in one cell as often as asked, one run after the other. */
export async function runTrial(
  claim: Claim,
  cell: Cell,
  scenario: Scenario,
  { repeat, signatures, ...options }: TrialOptions,
): Promise<Trial | NotRunTrial> {
  const runs: JudgedRun[] = [];
  let judgedAfterMs = 0;
  while (runs.length < repeat) {
    try {
      const record = await observe({ claim, cell }, scenario, options);
      runs.push({ record, judged: judge(record.observation, claim, cell, signatures) });
      judgedAfterMs = Math.max(judgedAfterMs, Math.round(performance.now() - record.settledAt));
    } catch (error) {
      if (error instanceof NotRun) return { verdict: 'not run', reason: error.message };
      runs.push({ judged: failed(error) });
    }
  }
  const verdict = judgeRuns(runs.map(({ judged }) => judged));
  const telling = runs.find(({ judged }) => verdict.reason.endsWith(judged.reason)) ?? runs[0];
  return {
    ...verdict,
    outcome: telling?.judged.outcome ?? 'unclear',
    record: telling?.record,
    judgedAfterMs,
  };
}

function judge(
  observation: RunRecord['observation'],
  { expect }: Claim,
  { platform }: Cell,
  signatures: readonly Signature[],
): RunVerdict {
  const artefact = platform === 'wine' ? judgeWineArtefact(observation) : undefined;
  return artefact ?? judgeRun(observation, expect, signatures);
}

/** A scenario that throws shows nothing about its claim. */
function failed(error: unknown): RunVerdict {
  const reason = `the scenario failed: ${error instanceof Error ? error.message : String(error)}`;
  return { holds: 'unclear', outcome: 'unclear', reason };
}
