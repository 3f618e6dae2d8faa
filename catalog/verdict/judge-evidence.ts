import type { Evidence, Observation, Runs } from '../evidence/schema.ts';
import type { Cell } from '../evidence/schema.ts';
import type { Claim, Signature } from '../writeup/schema.ts';
import {
  judgeClaim,
  judgeControl,
  judgeRuns,
  type CellVerdict,
  type ClaimVerdict,
  type ControlVerdict,
} from './claim-verdict.ts';
import type { Outcome } from './outcome.ts';
import { judgeRun, type RunVerdict } from './run-verdict.ts';
import { judgeWineArtefact } from './wine-artefact.ts';

/** What a write-up says of its claims, as far as judging goes. */
export interface Judge {
  readonly claims: readonly Claim[];
  readonly signatures: readonly Signature[];
}

/** What evidence says when it is held against the write-up as it stands. */
export interface Judged extends ClaimVerdict {
  /** What the telling run came to, whatever was expected. */
  readonly outcome: Outcome;
  readonly control: ControlVerdict;
  /** Whether the verdict is the one the write-up names: `confirmed`, or `refuted` where it is known to be false. */
  readonly asWritten: boolean;
  /** The run that shows the verdict; absent where the scenario itself failed in it. */
  readonly observation: Observation | undefined;
}

/**
 * Holds what was recorded against what the write-up expects of the claim and of its control. This is
 * the only way in which a verdict comes about: when a claim has run, and whenever its evidence is read.
 *
 * @throws when the write-up has no such claim, or no such signature.
 */
export function judgeEvidence(
  { claims, signatures }: Judge,
  { claim: id, cell, runs, control }: Pick<Evidence, 'claim' | 'cell' | 'runs' | 'control'>,
): Judged {
  const claim = claims.find((one) => one.id === id);
  if (claim === undefined) throw new Error(`The write-up has no claim "${id}".`);
  const own = judgeCell(claim, cell, runs, signatures);
  const controlling = claims.find((one) => one.id === control.claim);
  const judgedControl: ControlVerdict =
    controlling === undefined
      ? { claim: control.claim, verdict: 'unknown', reason: 'the write-up has it no more' }
      : judgeControl(
          control.claim,
          control.cells.map((one) => judgeCell(controlling, one.cell, one.runs, signatures)),
        );
  const judged = judgeClaim(own, judgedControl);
  const { outcome, observation } = own.telling;
  return {
    ...judged,
    outcome,
    control: judgedControl,
    asWritten: judged.verdict === (claim.known ?? 'confirmed'),
    observation,
  };
}

/** What one recorded run says of its claim. */
export interface JudgedRun extends RunVerdict {
  /** Absent where the scenario itself failed. */
  readonly observation: Observation | undefined;
}

/**
 * Holds one recorded run against what a claim expects in a cell.
 *
 * @throws when the claim names a signature that is not there.
 */
export function judgeRecorded(
  run: Runs[number],
  { expect }: Pick<Claim, 'expect'>,
  { platform }: Pick<Cell, 'platform'>,
  signatures: readonly Signature[],
): JudgedRun {
  if ('error' in run) {
    const reason = `the scenario failed: ${run.error}`;
    return { holds: 'unclear', outcome: 'unclear', reason, observation: undefined };
  }
  const { observation } = run;
  const artefact = platform === 'wine' ? judgeWineArtefact(observation) : undefined;
  return { ...(artefact ?? judgeRun(observation, expect, signatures)), observation };
}

function judgeCell(
  claim: Claim,
  cell: Cell,
  runs: Runs,
  signatures: readonly Signature[],
): CellVerdict<JudgedRun> {
  const rounds = runs
    .flatMap((run) => {
      const verdict = judgeRecorded(run, claim, cell, signatures);
      return run.rounds.map((round) => ({ round, verdict }));
    })
    .sort((one, other) => one.round - other.round);
  return judgeRuns(rounds.map(({ verdict }) => verdict));
}
