import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startVitest } from 'vitest/node';
import { BadInput } from '../catalog/problem/bad-input.ts';
import { folders, projectRoot } from '../catalog/project.ts';
import { readWriteups } from '../catalog/writeup/read.ts';
import { chooseBrokers } from './lab/brokers/choose.ts';
import { cacheFolder } from './lab/cache/folder.ts';
import { prepareCells, type WantedCell } from './lab/platforms/prepare.ts';
import type { Progress } from './report/progress.ts';
import type { Result } from './report/result.ts';
import { ResultCollector } from './report/result-collector.ts';
import type { Case, Plan } from './selection/plan.ts';
import { giveTurns } from './scenario/turns.ts';
import { brokerNeed } from './selection/broker-need.ts';
import { select, type Selection } from './selection/select.ts';
import { currentRun } from './lab/sweep/current-run.ts';
import { RunFolder } from './lab/sweep/run-folder.ts';
import { sweepAbandonedRuns, sweepRun } from './lab/sweep/sweep.ts';
import { SignalSweep } from './lab/sweep/on-signal.ts';

export interface HarnessOptions extends Selection {
  /** `auto`, `container`, `native`, `embedded` or a URL. */
  readonly broker: string;
  /** How often each claim is run. */
  readonly repeat: number;
  /** The project that holds bugs/ and harness/scenarios/. Default: this one. */
  readonly root?: string;
}

/**
 * Puts the selected claims to the test.
 *
 * @returns a result for each selected claim in each of its cells, run or not.
 * @throws BadInput for a write-up or a selection that cannot be used.
 */
export async function runHarness(options: HarnessOptions, progress: Progress): Promise<Result[]> {
  const root = options.root ?? projectRoot;
  const cases = select(readWriteups(root), options);
  const note = progress.note.bind(progress);
  const run = await openRun(note);
  try {
    using signals = new SignalSweep(run);
    const needsRedis = cases.flatMap(wantedCells).some(({ needs }) => needs === 'redis');
    const brokers = await chooseBrokers(options.broker, needsRedis, note);
    const readiness = await currentRun.run(run, () =>
      prepareCells(cases.flatMap(wantedCells), brokers, options.platform, note),
    );
    return await testCases(
      { root, runFolder: run.folder, cases, readiness, brokers, repeat: options.repeat },
      progress,
      signals,
    );
  } finally {
    const left = await sweepRun(run);
    if (left !== undefined) note(left);
  }
}

/** A case's own cell and those of its control. */
function wantedCells({ claim, cell, control }: Case): WantedCell[] {
  return [
    { cell, needs: brokerNeed(claim.run, cell) },
    ...control.cells.map((cell) => ({ cell, needs: brokerNeed(control.claim.run, cell) })),
  ];
}

/** Sweeps what earlier runs have left, and makes the folder of this one. */
async function openRun(note: (message: string) => void): Promise<RunFolder> {
  try {
    const abandoned = await sweepAbandonedRuns(note);
    if (abandoned > 0) note(`swept what ${abandoned} interrupted run(s) had left`);
    return await RunFolder.create();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new BadInput(
      `expected a cache folder that can be written, got ${cacheFolder()}: ${message}\nFree some space there, or set POOLPROOF_CACHE to another folder.`,
    );
  }
}

/** Runs the scenarios in Vitest, each file in a thread of its own. */
async function testCases(plan: Plan, progress: Progress, signals: SignalSweep): Promise<Result[]> {
  const files = [...new Set(plan.cases.map((one) => scenarioFile(plan.root, one)))];
  for (const file of files) {
    if (!existsSync(file)) throw new Error(`${path.relative('', file)} is missing.`);
  }
  const collector = new ResultCollector(plan.cases, progress);
  // Runs mostly wait, so two share a core; a broker that is not ours alone bears one at a time.
  const atOnce = plan.brokers.redis.how === 'url' ? 1 : 2 * os.availableParallelism();
  using _turns = giveTurns(plan.runFolder, atOnce);
  progress.begin(plan.cases.length);
  const vitest = await startVitest(
    files,
    {
      config: false,
      root: plan.root,
      include: ['harness/scenarios/*/scenario.ts'],
      watch: false,
      pool: 'threads',
      maxWorkers: Math.min(files.length, atOnce),
      // Enough to wait for turns and controls while others run; with all at once, the controls would come
      // last, and nothing could be judged before.
      maxConcurrency: 4 * atOnce,
      // A run bounds itself; a test may also have to await the runs of its control.
      testTimeout: 0,
      reporters: [
        {
          onInit: () => {
            signals.takeOver();
          },
        },
        collector,
        ['junit', { outputFile: '.vitest/harness/junit.xml' }],
        ['json', { outputFile: '.vitest/json/harness.json' }],
      ],
      provide: { plan },
    },
    { cacheDir: path.join(cacheFolder(), 'vite') },
    // Stdout belongs to --json.
    { stdout: process.stderr },
  );
  await vitest.close();
  progress.end();
  return collector.results();
}

function scenarioFile(root: string, { slug }: Case): string {
  return path.join(folders.scenarios(root), slug, 'scenario.ts');
}
