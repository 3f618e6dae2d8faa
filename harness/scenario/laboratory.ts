import path from 'node:path';
import { cellName, type Cell } from '../../catalog/evidence/schema.ts';
import { notRunResult, resultOf } from '../report/result-of.ts';
import type { Result } from '../report/result.ts';
import type { Readiness } from '../lab/platforms/prepared.ts';
import type { Case, ClaimCell, Plan } from '../selection/plan.ts';
import { RunFolder } from '../lab/sweep/run-folder.ts';
import {
  judgeClaim,
  judgeControl,
  type ControlVerdict,
} from '../../catalog/verdict/claim-verdict.ts';
import type { Scenario } from './run.ts';
import { runTrial, type NotRunTrial, type Trial } from './trial.ts';

type InTurn = <Outcome>(task: () => Promise<Outcome>) => Promise<Outcome>;

/** Tests the claims of one write-up. Whoever asks for a claim's runs in a cell, they happen once. */
export class Laboratory {
  readonly plan: Plan;
  readonly #actors: string;
  readonly #inTurn: InTurn;
  readonly #run: RunFolder;
  readonly #scenarios = new Map<string, Scenario>();
  readonly #trials = new Map<string, Promise<Trial | NotRunTrial>>();

  /** @param inTurn does something when its turn has come among all that go on at once. */
  constructor(plan: Plan, scenarioFolder: string, inTurn: InTurn = (task) => task()) {
    this.plan = plan;
    this.#inTurn = inTurn;
    this.#actors = path.join(scenarioFolder, 'actors');
    this.#run = new RunFolder(plan.runFolder);
  }

  addScenario(claim: string, scenario: Scenario): void {
    if (this.#scenarios.has(claim)) throw new Error(`claim('${claim}') stands here twice.`);
    this.#scenarios.set(claim, scenario);
  }

  /** Runs a claim and then its control, unless they ran already, and judges. */
  async test(one: Case): Promise<Result> {
    const ready = this.#readiness(one.cell);
    if ('whyNot' in ready) return notRunResult(one, ready.whyNot);
    // Looked at first: without a control the claim's own run would be for nothing.
    for (const cell of one.control.cells) {
      const ready = this.#readiness(cell);
      if ('whyNot' in ready) return notRunResult(one, idleControl(one, ready.whyNot));
    }
    const own = await this.#try(one, one.signatures);
    if (own.verdict === 'not run') return notRunResult(one, own.reason);
    const control = await this.#tryControl(one);
    if (control.verdict === 'not run') return notRunResult(one, idleControl(one, control.reason));
    return resultOf(one, own, control, judgeClaim(own, control));
  }

  #readiness(cell: Cell): Readiness {
    const readiness = this.plan.readiness[cellName(cell)];
    if (readiness === undefined) throw new Error(`${cellName(cell)} was not made ready.`);
    return readiness;
  }

  async #tryControl({ control, signatures }: Case): Promise<ControlVerdict> {
    const trials: (Trial | NotRunTrial)[] = [];
    for (const cell of control.cells) {
      trials.push(await this.#try({ claim: control.claim, cell }, signatures));
    }
    return judgeControl(control.claim.id, trials);
  }

  #try({ claim, cell }: ClaimCell, signatures: Case['signatures']): Promise<Trial | NotRunTrial> {
    const key = `${claim.id} ${cellName(cell)}`;
    const known = this.#trials.get(key);
    if (known !== undefined) return known;
    const scenario = this.#scenarios.get(claim.id);
    if (scenario === undefined) throw new Error(`The scenario has no claim('${claim.id}', …).`);
    const ready = this.#readiness(cell);
    if ('whyNot' in ready) return Promise.resolve({ verdict: 'not run', reason: ready.whyNot });
    const trial = this.#inTurn(() =>
      runTrial(claim, cell, scenario, {
        run: this.#run,
        brokers: this.plan.brokers,
        prepared: ready.prepared,
        actors: this.#actors,
        repeat: this.plan.repeat,
        signatures,
      }),
    );
    this.#trials.set(key, trial);
    return trial;
  }
}

function idleControl({ control }: Case, reason: string): string {
  return `its control ${control.claim.id} did not run: ${reason}`;
}
