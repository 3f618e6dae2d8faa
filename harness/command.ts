import { BadInput } from '../catalog/problem/bad-input.ts';
import { formatProblem } from '../catalog/problem/problem.ts';
import { projectRoot } from '../catalog/project.ts';
import { readValidWriteups } from '../catalog/writeup/read.ts';
import { runHarness, type HarnessOptions } from './harness.ts';
import { harnessCommit } from './record/commit.ts';
import { Origins } from './record/origins.ts';
import { recordEvidence } from './record/record.ts';
import { reportToGithub } from './report/github.ts';
import { toJson } from './report/json.ts';
import { writeReports } from './report/junit.ts';
import { listToJson, renderList } from './report/list.ts';
import { renderLogs } from './report/logs.ts';
import { Progress } from './report/progress.ts';
import type { Result } from './report/result.ts';
import { renderTable } from './report/table.ts';
import { withoutInvalid } from './selection/invalid.ts';
import type { Case } from './selection/plan.ts';
import { select, type Selection } from './selection/select.ts';
import { recordedCases, wantsRun } from './selection/stale.ts';

export interface CommandOptions extends HarnessOptions, Selection {
  /** The project that holds bugs/ and harness/. Default: this one. */
  readonly root?: string;
  /** Only what is stale or was never recorded. */
  readonly stale?: boolean;
  /** Tells what would run and what is recorded of it, and runs nothing. */
  readonly list?: boolean;
  readonly record?: boolean;
  readonly requireRun?: boolean;
  /** Shows all that actors printed, not only the end of it where a claim missed. */
  readonly log?: boolean;
  readonly json?: boolean;
}

/**
 * What `poolproof harness` does: table and progress on stderr, JSON on stdout.
 *
 * @returns the exit code: 0 when every claim that ran came out as its write-up says, 1 when one did not
 * or what was to be recorded was not, 2 when a write-up is invalid; the others have run all the same.
 */
export async function commandHarness(options: CommandOptions): Promise<number> {
  const { root = projectRoot } = options;
  if (options.record && options.replaceEngine) {
    throw new BadInput(
      'expected --record without --replace-engine, got both: evidence is of the versions that write-ups list. Leave one out.',
    );
  }
  const { writeups, problems } = readValidWriteups(root);
  for (const problem of problems) say(`error: ${formatProblem(problem)}`);
  const { selection, invalid } = withoutInvalid(options, problems);
  const selected = selection === undefined ? [] : select(writeups, selection);
  const listed = options.stale || options.list ? recordedCases(selected, writeups, root) : [];
  const wanted = options.stale ? listed.filter(wantsRun) : listed;
  const exit = (code: number) => (problems.length > 0 ? 2 : code);
  if (options.list) {
    if (options.json) printJson(listToJson(wanted));
    else process.stdout.write(renderList(wanted));
    return exit(0);
  }
  const cases = options.stale ? wanted.map(({ one }) => one) : selected;
  if (options.stale && cases.length === 0) say('nothing is stale here');
  // Asked first: what cannot be recorded need not be run.
  const origins = options.record ? new Origins(await harnessCommit(root), cases, root) : undefined;
  const { results, accidents } = await test(root, cases, options);
  const refused =
    origins === undefined
      ? []
      : await record(results, { writeups, invalid: new Set(invalid), origins, root });
  if (options.json) printJson(toJson(results));
  const failed = refused.length > 0 || accidents.length > 0;
  return exit(failed ? 1 : exitCode(results, options));
}

async function test(root: string, cases: readonly Case[], options: CommandOptions) {
  if (cases.length === 0) return { results: [], accidents: [] };
  const { results, accidents } = await runHarness(
    root,
    cases,
    options,
    new Progress(process.stderr),
  );
  const logs = renderLogs(results, options.log);
  if (logs !== '') say(`${logs}\n`);
  say(renderTable(results));
  for (const accident of accidents) say(`error: an accident of no bug known: ${accident}`);
  await writeReports(results, root);
  await reportToGithub(results);
  return { results, accidents };
}

async function record(
  results: readonly Result[],
  options: Parameters<typeof recordEvidence>[1],
): Promise<readonly string[]> {
  const { done, refused } = await recordEvidence(results, options);
  for (const line of [...done, ...refused]) say(line);
  return refused;
}

function exitCode(results: readonly Result[], { requireRun = false }: CommandOptions): number {
  const missed = results.some(({ asWritten }) => !asWritten);
  const idle = results.some(({ verdict }) => verdict === 'not run');
  return missed || (requireRun && idle) ? 1 : 0;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}
