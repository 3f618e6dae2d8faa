import path from 'node:path';
import { expect, inject, test } from 'vitest';
import { cellName } from '../../catalog/evidence/schema.ts';
import { ClaimMissed } from './claim-missed.ts';
import { Laboratory } from './laboratory.ts';
import type { Result } from '../report/result.ts';
import type { Scenario } from './run.ts';
import { inTurn } from './turns.ts';

declare module 'vitest' {
  interface TaskMeta {
    result?: Result;
  }
}

/** One laboratory for each scenario file; Vitest loads every file into a fresh module graph. */
let laboratory: Laboratory | undefined;

/**
 * Tells how the claim of this id, in the write-up named like the scenario's folder, is put to the test.
 * The function runs once for each cell and repetition, and again as the control of other claims only
 * if it has not run in that cell yet.
 */
export function claim(id: string, scenario: Scenario): void {
  const { testPath = '' } = expect.getState();
  const slug = path.basename(path.dirname(testPath));
  const lab = (laboratory ??= openLaboratory(path.dirname(testPath)));
  lab.addScenario(id, scenario);
  for (const one of lab.plan.cases.filter((one) => one.slug === slug && one.claim.id === id)) {
    test.concurrent(`${id} ${cellName(one.cell)}`, async ({ skip, task }) => {
      const result = await lab.test(one);
      task.meta.result = result;
      if (result.verdict === 'not run') skip(result.reason);
      if (!result.asWritten) throw new ClaimMissed(result);
    });
  }
}

function openLaboratory(scenarioFolder: string): Laboratory {
  const plan = inject('plan');
  return new Laboratory(plan, scenarioFolder, (task) => inTurn(plan.runFolder, task));
}
