import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Conditions } from '../catalog/evidence/schema.ts';
import { BadInput } from '../catalog/problem/bad-input.ts';
import { chooseBrokers } from './lab/brokers/choose.ts';
import { cacheFolder } from './lab/cache/folder.ts';
import { prepareCells, type WantedCell } from './lab/platforms/prepare.ts';
import { brokerOf } from '../catalog/cell/broker.ts';
import { currentWorkspace } from './lab/sweep/current-workspace.ts';
import { Workspace } from './lab/sweep/workspace.ts';
import { sweepAbandoned, sweepWorkspace } from './lab/sweep/sweep.ts';
import { SignalSweep } from './lab/sweep/on-signal.ts';
import { brokenResult, gather, notRunResult } from './record/gather.ts';
import type { Progress } from './report/progress.ts';
import type { Result } from './report/result.ts';
import type { Accident } from './report/result-collector.ts';
import { conditionsOf, describeRound } from './rounds/conditions.ts';
import { runRound, scenarioFile, type Round } from './rounds/run-round.ts';
import { caseName, type Case, type Plan } from './selection/plan.ts';
import type { Selection } from './selection/select.ts';

export interface HarnessOptions extends Pick<Selection, 'platform'> {
  /** `auto`, `container`, `native`, `fetched`, `embedded` or a URL. */
  readonly broker: string;
  /** In how many rounds each claim is run, each under other conditions. */
  readonly repeat: number;
  /** Threads that keep the processor busy beside the runs, see `conditionsOf`. Default: none. */
  readonly load?: number;
  /** Of the orders in which runs take their turns in repeated rounds. Default: one picked at random. */
  readonly seed?: number;
}

/** What a run of the harness has found. */
export interface Findings {
  /** One for each case, in their order. */
  readonly results: readonly Result[];
  /** What went wrong and cannot be said to be any bug's. */
  readonly accidents: readonly string[];
}

/**
 * Puts cases to the test.
 *
 * @param root the project that holds harness/scenarios/.
 * @throws BadInput for a cache or a broker that cannot be used.
 */
export async function runHarness(
  root: string,
  cases: readonly Case[],
  options: HarnessOptions,
  progress: Progress,
): Promise<Findings> {
  const note = progress.note.bind(progress);
  const workspace = await openWorkspace(note);
  try {
    using signals = new SignalSweep(workspace);
    const wanted = cases.flatMap(wantedCells);
    const needs = wanted.map(({ needs }) => needs);
    // What installers start is noted in the run.
    const { brokers, readiness } = await currentWorkspace.run(workspace, async () => {
      const brokers = await chooseBrokers(options.broker, needs, note);
      const readiness = await prepareCells(wanted, brokers, options.platform, note);
      return { brokers, readiness };
    });
    const plan = { root, workspaceFolder: workspace.folder, cases, readiness, brokers };
    return await testCases(plan, options, progress, signals);
  } finally {
    const left = await sweepWorkspace(workspace);
    if (left !== undefined) note(left);
  }
}

/** A case's own cell and those of its control. */
function wantedCells({ claim, cell, control }: Case): WantedCell[] {
  return [
    { cell, needs: brokerOf(claim.run, cell) },
    ...control.cells.map((cell) => ({ cell, needs: brokerOf(control.claim.run, cell) })),
  ];
}

/** Sweeps what earlier runs have left, and makes the folder of this one. */
async function openWorkspace(note: (message: string) => void): Promise<Workspace> {
  try {
    const abandoned = await sweepAbandoned(note);
    if (abandoned > 0) note(`swept what ${abandoned} interrupted run(s) had left`);
    return await Workspace.create();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new BadInput(
      `expected a cache folder that can be written, got ${cacheFolder()}: ${message}\nFree some space there, or set POOLPROOF_CACHE to another folder.`,
    );
  }
}

/** Runs all rounds, and judges what they have come to together. */
async function testCases(
  plan: Plan,
  { repeat, load = 0, seed = pickSeed() }: HarnessOptions,
  progress: Progress,
  signals: SignalSweep,
): Promise<Findings> {
  // Runs mostly wait, so two share a core; a broker that is not ours alone bears one at a time.
  const oneAtATime = Object.values(plan.brokers.made).some(({ how }) => how === 'url');
  const usually = oneAtATime ? 1 : 2 * os.availableParallelism();
  const conditions = conditionsOf({ repeat, load, seed, usually, oneAtATime });
  const byName = new Map(plan.cases.map((one) => [caseName(one), one]));
  const rounds: Round[] = [];
  progress.begin(plan.cases.length * repeat);
  for (const [index, ofRound] of conditions.entries()) {
    if (repeat > 1) progress.note(describeRound(index, conditions));
    rounds.push(
      await runRound(
        plan,
        ofRound,
        { number: index + 1, usually },
        {
          onUp: () => {
            signals.takeOver();
          },
          onTrial(name, trial) {
            const one = byName.get(name);
            if (one !== undefined) progress.finished(gather(one, [trial], [ofRound]));
          },
        },
      ),
    );
  }
  progress.end();
  const accidents = rounds.flatMap((round) => round.accidents);
  return {
    results: plan.cases.map((one) => resultOf(one, plan.root, rounds, conditions)),
    accidents: accidents.flatMap(({ file, message }) => (file === undefined ? message : [])),
  };
}

function pickSeed(): number {
  return Math.floor(Math.random() * 1_000_000);
}

/** An accident costs the bug in whose scenario it happened, and no other. */
function resultOf(
  one: Case,
  root: string,
  rounds: readonly Round[],
  conditions: readonly Conditions[],
): Result {
  const name = caseName(one);
  const file = scenarioFile(root, one.slug);
  const shown = path.posix.join('harness', 'scenarios', one.slug, 'scenario.ts');
  const trials = rounds.map((round) => round.trials.get(name));
  const idle = trials.find((trial) => trial?.is === 'not run');
  if (idle !== undefined) return notRunResult(one, idle.reason);
  if (!existsSync(file)) return brokenResult(one, `${shown} is missing`);
  const accident = rounds.flatMap(({ accidents }) => accidents).find(concerns);
  if (accident !== undefined) {
    return brokenResult(one, `an accident in ${shown}: ${accident.message}`);
  }
  const complete = trials.filter((trial) => trial !== undefined);
  if (complete.length < rounds.length) {
    // A thread that died (out of memory, say) can no longer tell whose it was.
    const unknown = rounds.flatMap(({ accidents }) => accidents).find((each) => !each.file);
    const missing = `${shown} has no claim('${one.claim.id}', …)`;
    return brokenResult(one, unknown === undefined ? missing : `an accident: ${unknown.message}`);
  }
  return gather(one, complete, conditions);

  function concerns(accident: Accident): boolean {
    if (accident.case !== undefined) return accident.case === name;
    return accident.file !== undefined && path.resolve(accident.file) === path.resolve(file);
  }
}
