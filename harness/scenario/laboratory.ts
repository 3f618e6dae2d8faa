import path from 'node:path';
import { cellName, type Cell } from '../../catalog/evidence/schema.ts';
import type { Claim } from '../../catalog/writeup/schema.ts';
import type { Result } from '../report/result.ts';
import type { Case, ClaimCell, Plan } from '../selection/plan.ts';
import { RunFolder } from '../sweep/run-folder.ts';
import {
  judgeClaim,
  judgeControl,
  judgeRuns,
  type ClaimVerdict,
  type ControlVerdict,
} from '../verdict/claim-verdict.ts';
import { judgeRun, type RunVerdict } from '../verdict/run-verdict.ts';
import { NotRun } from './not-run.ts';
import { observe, type RunRecord } from './observe.ts';
import type { Scenario } from './run.ts';

/** The runs of one claim in one cell, and what they say before a control is asked. */
interface Trial extends ClaimVerdict {
  /** The run that shows the verdict. */
  readonly record: RunRecord | undefined;
  readonly outcome: RunVerdict['outcome'];
}

type NotRunTrial = { readonly verdict: 'not run'; readonly reason: string };

/** Runs the claims of one write-up. Whoever asks for a claim's runs, they happen once. */
export class Laboratory {
  readonly plan: Plan;
  readonly #actors: string;
  readonly #run: RunFolder;
  readonly #scenarios = new Map<string, Scenario>();
  readonly #trials = new Map<string, Promise<Trial | NotRunTrial>>();

  constructor(plan: Plan, scenarioFolder: string) {
    this.plan = plan;
    this.#actors = path.join(scenarioFolder, 'actors');
    this.#run = new RunFolder(plan.runFolder);
  }

  addScenario(claim: string, scenario: Scenario): void {
    if (this.#scenarios.has(claim)) throw new Error(`claim('${claim}') stands here twice.`);
    this.#scenarios.set(claim, scenario);
  }

  /** Runs a claim and its control, and judges. */
  async test(one: Case): Promise<Result> {
    const about = {
      bug: one.bug,
      slug: one.slug,
      claim: one.claim.id,
      says: one.claim.says,
      cell: one.cell,
    };
    const own = await this.#try(one, one);
    const control = own.verdict === 'not run' ? undefined : await this.#tryControl(one);
    if (own.verdict === 'not run' || control?.verdict === 'not run') {
      const reason =
        own.verdict === 'not run'
          ? own.reason
          : `its control ${one.control.claim.id} did not run: ${control?.reason ?? ''}`;
      return { ...about, verdict: 'not run', reason, asWritten: true, durationMs: 0 };
    }
    const judged = judgeClaim(own, control as ControlVerdict);
    const asWritten = judged.verdict === (one.claim.known ?? 'confirmed');
    const common = { ...about, verdict: judged.verdict, reason: judged.reason, asWritten };
    if (own.record === undefined) return { ...common, durationMs: 0 };
    const { observation, commands, versions, broker, system } = own.record;
    return {
      ...common,
      durationMs: observation.durationMs,
      evidence: {
        ...common,
        runs: judged.runs,
        control: { claim: one.control.claim.id, verdict: (control as ControlVerdict).verdict },
        outcome: own.outcome,
        observation,
        commands,
        versions,
        system,
        broker,
      },
    };
  }

  async #tryControl({ control, signatures }: Case): Promise<ControlVerdict> {
    const cells: (Trial | NotRunTrial)[] = [];
    for (const cell of control.cells) {
      cells.push(await this.#try({ claim: control.claim, cell }, { signatures }));
    }
    return judgeControl(control.claim.id, cells);
  }

  #try(
    { claim, cell }: ClaimCell,
    { signatures }: Pick<Case, 'signatures'>,
  ): Promise<Trial | NotRunTrial> {
    const key = `${claim.id} ${cellName(cell)}`;
    const trial = this.#trials.get(key) ?? this.#runTrial(claim, cell, signatures);
    this.#trials.set(key, trial);
    return trial;
  }

  async #runTrial(
    claim: Claim,
    cell: Cell,
    signatures: Case['signatures'],
  ): Promise<Trial | NotRunTrial> {
    const scenario = this.#scenarios.get(claim.id);
    if (scenario === undefined)
      throw new Error(`No claim('${claim.id}', …) stands in the scenario.`);
    const ready = this.plan.readiness[cellName(cell)];
    if (ready === undefined || 'whyNot' in ready) {
      return { verdict: 'not run', reason: ready?.whyNot ?? 'not made ready' };
    }
    const options = {
      run: this.#run,
      brokers: this.plan.brokers,
      prepared: ready.prepared,
      actors: this.#actors,
    };
    const runs: { record: RunRecord | undefined; judged: RunVerdict }[] = [];
    for (let repetition = 0; repetition < this.plan.repeat; repetition += 1) {
      try {
        const record = await observe({ claim, cell }, scenario, options);
        runs.push({ record, judged: judgeRun(record.observation, claim.expect, signatures) });
      } catch (error) {
        if (error instanceof NotRun) return { verdict: 'not run', reason: error.message };
        const reason = `the scenario failed: ${error instanceof Error ? error.message : String(error)}`;
        runs.push({ record: undefined, judged: { holds: 'unclear', outcome: 'unclear', reason } });
      }
    }
    const verdict = judgeRuns(runs.map(({ judged }) => judged));
    const telling = runs.find(({ judged }) => judged.reason === verdict.reason) ?? runs[0];
    return {
      ...verdict,
      record: telling?.record,
      outcome: telling?.judged.outcome ?? 'unclear',
    };
  }
}
