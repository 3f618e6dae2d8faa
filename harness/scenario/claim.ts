import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, inject, test } from 'vitest';
import { cellName } from '../../catalog/evidence/schema.ts';
import type { CaseTrial } from '../trial/trial.ts';
import { Laboratory } from './laboratory.ts';
import { caseName } from '../selection/plan.ts';
import type { Scenario } from './run.ts';
import { inTurn } from './turns.ts';

declare module 'vitest' {
  interface TaskMeta {
    /** What became of the claim in this round. */
    trial?: CaseTrial;
    /** The claim and its cell: see `caseName`. */
    case?: string;
  }
}

/** One laboratory for each scenario file; Vitest loads every file into a fresh module graph. */
let laboratory: Laboratory | undefined;

type Reader = (id: string, scenario: Scenario) => void;
let reader: Reader | undefined;

/**
 * Reads a scenario file without running it: outside of the harness, `claim` has nothing to run it with.
 *
 * @param file what `claim` is called in. A file is loaded once in a process.
 */
export async function readClaims(file: string): Promise<ReadonlyMap<string, Scenario>> {
  const read = new Map<string, Scenario>();
  reader = (id, scenario) => read.set(id, scenario);
  try {
    await import(pathToFileURL(file).href);
  } finally {
    reader = undefined;
  }
  return read;
}

/**
 * Tells how the claim of this id, in the write-up named like the scenario's folder, is put to the test.
 * The function runs once for each cell and round, and again as the control of other claims only
 * if it has not run in that cell yet. What came of it is judged when all rounds are over.
 */
export function claim(id: string, scenario: Scenario): void {
  if (reader !== undefined) {
    reader(id, scenario);
    return;
  }
  const { testPath = '' } = expect.getState();
  const slug = path.basename(path.dirname(testPath));
  const lab = (laboratory ??= openLaboratory(path.dirname(testPath)));
  lab.addScenario(id, scenario);
  for (const one of lab.plan.cases.filter((one) => one.slug === slug && one.claim.id === id)) {
    test.concurrent(`${id} ${cellName(one.cell)}`, async ({ task }) => {
      task.meta.case = caseName(one);
      task.meta.trial = await lab.test(one);
    });
  }
}

function openLaboratory(scenarioFolder: string): Laboratory {
  const plan = inject('plan');
  return new Laboratory(plan, scenarioFolder, (whose, task) =>
    inTurn(plan.workspaceFolder, whose, task),
  );
}
