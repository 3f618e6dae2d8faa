import type {
  Cell,
  Conditions,
  Evidence,
  Observation,
  Runs,
} from '../../catalog/evidence/schema.ts';
import { judgeEvidence } from '../../catalog/verdict/judge-evidence.ts';
import { showsSignature } from '../../catalog/verdict/signature.ts';
import { wineArtefacts } from '../../catalog/verdict/wine-artefact.ts';
import type { Result } from '../report/result.ts';
import type { CaseTrial, Trial } from '../trial/trial.ts';
import type { Case } from '../selection/plan.ts';
import { controlLog, trimLog } from './trim-log.ts';

type OneTrial = Exclude<Trial, { is: 'not run' }>;
type Messages = Case['signatures'];

/**
 * Makes a result of what became of a claim in each round: its evidence, and the verdict that follows
 * from it. A claim that could not be run in one round is not run.
 *
 * @param rounds what became of it, in the order of the rounds; at least one.
 * @param conditions of each round.
 */
export function gather(
  one: Case,
  rounds: readonly CaseTrial[],
  conditions: readonly Conditions[],
): Result {
  const tested: Exclude<CaseTrial, { is: 'not run' }>[] = [];
  for (const round of rounds) {
    if (round.is === 'not run') return notRunResult(one, round.reason);
    tested.push(round);
  }
  const own = tested.map((round) => round.own);
  const runs = distinctRuns(own, one.signatures);
  const cells = one.control.cells.map((cell, index) => {
    const trials = tested.flatMap(({ control }) => control[index]?.trial ?? []);
    return controlCell(cell, trials, one.signatures);
  });
  const control = { claim: one.control.claim.id, cells };
  const seen = { claim: one.claim.id, cell: one.cell, runs, control };
  const { claim, signatures } = one;
  const judged = judgeEvidence({ claims: [claim, one.control.claim], signatures }, seen);
  const record = own.find((trial) => trial.is === 'observed')?.record;
  const result = {
    ...aboutCase(one),
    verdict: judged.verdict,
    reason: judged.reason,
    runs: judged.runs,
    asWritten: judged.asWritten,
    durationMs: judged.observation?.durationMs ?? 0,
  };
  if (record === undefined) return result;
  const { commands, versions, broker, system } = record;
  return {
    ...result,
    waitedInVainMs: Math.max(
      ...own.map((trial) => (trial.is === 'observed' ? trial.waitedInVainMs : 0)),
    ),
    judgedAfterMs: Math.max(
      ...own.map((trial) => (trial.is === 'observed' ? trial.judgedAfterMs : 0)),
    ),
    evidence: {
      ...aboutCase(one),
      conditions: [...conditions],
      ...{ runs, control, commands: [...commands], versions, system, broker },
    },
  };
}

/** The result of a claim that was not run; it misses nothing. */
export function notRunResult(one: Case, reason: string): Result {
  return { ...aboutCase(one), verdict: 'not run', reason, asWritten: true, durationMs: 0 };
}

/** The result of a claim of which nothing can be said, because something went wrong that must not. */
export function brokenResult(one: Case, reason: string): Result {
  return { ...aboutCase(one), verdict: 'unknown', reason, asWritten: false, durationMs: 0 };
}

function aboutCase({ bug, slug, claim, cell }: Case) {
  return { bug, slug, claim: claim.id, says: claim.says, cell };
}

/** Runs that came to the same are kept once, with the log of the first. */
function distinctRuns(trials: readonly OneTrial[], signatures: Messages): Runs {
  const distinct = new Map<string, Runs[number]>();
  for (const [index, trial] of trials.entries()) {
    const key = keyOf(trial, signatures);
    const known = distinct.get(key);
    if (known !== undefined) known.rounds.push(index + 1);
    else distinct.set(key, { rounds: [index + 1], ...contentOf(trial) });
  }
  return [...distinct.values()];
}

function contentOf(trial: OneTrial): { observation: Observation } | { error: string } {
  return trial.is === 'observed'
    ? { observation: trial.record.observation }
    : { error: trial.error };
}

/** What differs from run to run, and says nothing. */
const varying = new Set(['log', 'startedAt', 'durationMs']);

/** What makes runs alike: all that was seen, and of the log what it shows. */
function keyOf(trial: OneTrial, signatures: Messages): string {
  if (trial.is === 'failed') return `failed: ${trial.error}`;
  const { observation } = trial.record;
  const rest = Object.entries(observation).filter(([key]) => !varying.has(key));
  const messages = [...signatures, ...wineArtefacts];
  const shown = messages.filter((message) => showsSignature(observation, message));
  return JSON.stringify([rest, shown.map(({ template }) => template)]);
}

function controlCell(
  cell: Cell,
  trials: readonly OneTrial[],
  signatures: Messages,
): Evidence['control']['cells'][number] {
  const versions = trials.find((trial) => trial.is === 'observed')?.record.versions ?? {};
  const runs = distinctRuns(trials, signatures).map((run) => {
    if (!('observation' in run)) return run;
    const log = trimLog(run.observation.log, [...signatures, ...wineArtefacts], controlLog);
    return { ...run, observation: { ...run.observation, log } };
  });
  return { cell, versions, runs };
}
