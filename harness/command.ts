import { projectRoot } from '../catalog/project.ts';
import { readWriteups } from '../catalog/writeup/read.ts';
import { harnessCommit } from './record/commit.ts';
import { recordEvidence } from './record/record.ts';
import { reportToGithub } from './report/github.ts';
import { runHarness, type HarnessOptions } from './harness.ts';
import { toJson } from './report/json.ts';
import { Progress } from './report/progress.ts';
import type { Result } from './report/result.ts';
import { renderTable } from './report/table.ts';

export interface CommandOptions extends HarnessOptions {
  readonly record?: boolean;
  readonly requireRun?: boolean;
  readonly json?: boolean;
}

/**
 * What `poolproof harness` does: table and progress on stderr, JSON on stdout.
 *
 * @returns the exit code: 0 when every claim that ran came out as its write-up says, else 1.
 */
export async function commandHarness(options: CommandOptions): Promise<number> {
  const { root = projectRoot } = options;
  // Asked first: what cannot be recorded need not be run.
  const commit = options.record ? await harnessCommit(root) : undefined;
  const results = await runHarness(options, new Progress(process.stderr));
  process.stderr.write(`${renderTable(results)}\n`);
  await reportToGithub(results);
  if (commit !== undefined) {
    const lines = await recordEvidence(results, readWriteups(root), commit, root);
    process.stderr.write(lines.map((line) => `${line}\n`).join(''));
  }
  if (options.json) process.stdout.write(`${JSON.stringify(toJson(results), null, 2)}\n`);
  return exitCode(results, options);
}

function exitCode(results: readonly Result[], { requireRun = false }: CommandOptions): number {
  const missed = results.some(({ asWritten }) => !asWritten);
  const idle = results.some(({ verdict }) => verdict === 'not run');
  return missed || (requireRun && idle) ? 1 : 0;
}
