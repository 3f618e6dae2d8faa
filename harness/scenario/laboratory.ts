import path from 'node:path';
import { cellName, type Cell } from '../../catalog/evidence/schema.ts';
import type { Readiness } from '../lab/platforms/prepared.ts';
import type { Case, ClaimCell, Plan } from '../selection/plan.ts';
import { Workspace } from '../lab/sweep/workspace.ts';
import type { Scenario } from './run.ts';
import { runTrial, type NotRunTrial, type Trial } from './trial.ts';

type InTurn = <Outcome>(whose: string, task: () => Promise<Outcome>) => Promise<Outcome>;

/** What became of a claim and of its control in one round, or why there was nothing to come of it. */
export type CaseTrial = TestedCase | NotRunTrial;

interface TestedCase {
  readonly is: 'tested';
  readonly own: Exclude<Trial, NotRunTrial>;
  readonly control: readonly { readonly cell: Cell; readonly trial: Exclude<Trial, NotRunTrial> }[];
}

/** Tests the claims of one write-up in one round. Whoever asks for a claim's run in a cell, it happens once. */
export class Laboratory {
  readonly plan: Plan;
  readonly #actors: string;
  readonly #inTurn: InTurn;
  readonly #workspace: Workspace;
  readonly #scenarios = new Map<string, Scenario>();
  readonly #trials = new Map<string, Promise<Trial>>();

  /** @param inTurn does something when its turn has come among all that go on at once. */
  constructor(plan: Plan, scenarioFolder: string, inTurn: InTurn = (_whose, task) => task()) {
    this.plan = plan;
    this.#inTurn = inTurn;
    this.#actors = path.join(scenarioFolder, 'actors');
    this.#workspace = new Workspace(plan.workspaceFolder);
  }

  addScenario(claim: string, scenario: Scenario): void {
    if (this.#scenarios.has(claim)) throw new Error(`claim('${claim}') stands here twice.`);
    this.#scenarios.set(claim, scenario);
  }

  /** Runs a claim and then its control, unless they ran already in this round. */
  async test(one: Case): Promise<CaseTrial> {
    const ready = this.#readiness(one.cell);
    if ('whyNot' in ready) return notRun(ready.whyNot);
    // Looked at first: without a control the claim's own run would be for nothing.
    for (const cell of one.control.cells) {
      const ready = this.#readiness(cell);
      if ('whyNot' in ready) return notRun(idleControl(one, ready.whyNot));
    }
    const own = await this.#try(one, one.signatures);
    if (own.is === 'not run') return own;
    const control: { cell: Cell; trial: Exclude<Trial, NotRunTrial> }[] = [];
    for (const cell of one.control.cells) {
      const trial = await this.#try({ claim: one.control.claim, cell }, one.signatures);
      if (trial.is === 'not run') return notRun(idleControl(one, trial.reason));
      control.push({ cell, trial });
    }
    return { is: 'tested', own, control };
  }

  #readiness(cell: Cell): Readiness {
    const readiness = this.plan.readiness[cellName(cell)];
    if (readiness === undefined) throw new Error(`${cellName(cell)} was not made ready.`);
    return readiness;
  }

  #try({ claim, cell }: ClaimCell, signatures: Case['signatures']): Promise<Trial> {
    const key = `${claim.id} ${cellName(cell)}`;
    const known = this.#trials.get(key);
    if (known !== undefined) return known;
    const scenario = this.#scenarios.get(claim.id);
    if (scenario === undefined) throw new Error(`The scenario has no claim('${claim.id}', …).`);
    const ready = this.#readiness(cell);
    if ('whyNot' in ready) return Promise.resolve(notRun(ready.whyNot));
    const whose = `${path.basename(path.dirname(this.#actors))} ${key}`;
    const trial = this.#inTurn(whose, () =>
      runTrial({ claim, cell }, scenario, {
        workspace: this.#workspace,
        brokers: this.plan.brokers,
        prepared: ready.prepared,
        actors: this.#actors,
        signatures,
      }),
    );
    this.#trials.set(key, trial);
    return trial;
  }
}

function notRun(reason: string): NotRunTrial {
  return { is: 'not run', reason };
}

function idleControl({ control }: Case, reason: string): string {
  return `its control ${control.claim.id} did not run: ${reason}`;
}
