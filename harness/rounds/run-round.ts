import { existsSync } from 'node:fs';
import path from 'node:path';
import { startVitest } from 'vitest/node';
import type { Conditions } from '../../catalog/evidence/schema.ts';
import { folders } from '../../catalog/project.ts';
import { cacheFolder } from '../lab/cache/folder.ts';
import { ResultCollector, type Accident } from '../report/result-collector.ts';
import type { CaseTrial } from '../scenario/laboratory.ts';
import { expectedDurations } from '../selection/expected.ts';
import { giveTurns } from '../scenario/turns.ts';
import type { Plan } from '../selection/plan.ts';
import { loadProcessor } from './load.ts';

/** What became of each case in one round, by its `caseName`, and what went wrong beside them. */
export interface Round {
  readonly trials: ReadonlyMap<string, CaseTrial>;
  readonly accidents: readonly Accident[];
}

interface Listeners {
  /** Vitest is up, and has put up listeners of its own. */
  readonly onUp: () => void;
  readonly onTrial: (name: string, trial: CaseTrial) => void;
}

/**
 * Runs the scenarios of a plan once, in Vitest, each file in a thread of its own.
 *
 * @param number of the round, from 1: each shuffles in its own way.
 * @param usually how many runs go on at once usually: as many threads are there, however few may run.
 */
export async function runRound(
  plan: Plan,
  { atOnce, seed, load }: Conditions,
  { number, usually }: { readonly number: number; readonly usually: number },
  { onUp, onTrial }: Listeners,
): Promise<Round> {
  const collector = new ResultCollector(onTrial);
  const files = scenarioFiles(plan).filter((file) => existsSync(file));
  if (files.length === 0) return collector;
  const expectedMs = expectedDurations(plan.cases, plan.root);
  const shuffle = seed === undefined ? undefined : `seed ${seed}, round ${number}`;
  using _turns = giveTurns(plan.workspaceFolder, atOnce, { shuffle, expectedMs });
  await using _load = loadProcessor(load);
  const vitest = await startVitest(
    files,
    {
      config: false,
      root: plan.root,
      include: ['harness/scenarios/*/scenario.ts'],
      watch: false,
      pool: 'threads',
      maxWorkers: Math.min(files.length, Math.max(usually, atOnce)),
      // Enough to wait for turns and controls while others run; with all at once, the controls would come
      // last, and nothing could be judged before.
      maxConcurrency: 4 * Math.max(usually, atOnce),
      // A run bounds itself; a test may also have to await the runs of its control.
      testTimeout: 0,
      // The collector tells whose they are.
      dangerouslyIgnoreUnhandledErrors: true,
      reporters: [{ onInit: onUp }, collector],
      provide: { plan },
    },
    { cacheDir: path.join(cacheFolder(), 'vite') },
    // Stdout belongs to --json.
    { stdout: process.stderr },
  );
  await vitest.close();
  return collector;
}

/** The scenario of each bug of a plan, there or not. */
function scenarioFiles({ root, cases }: Plan): string[] {
  return [...new Set(cases.map(({ slug }) => scenarioFile(root, slug)))];
}

/** Where the scenario of a bug is. */
export function scenarioFile(root: string, slug: string): string {
  return path.join(folders.scenarios(root), slug, 'scenario.ts');
}
