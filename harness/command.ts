import { BadInput } from '../catalog/problem/bad-input.ts';
import { formatProblem } from '../catalog/problem/problem.ts';
import { projectRoot } from '../catalog/project.ts';
import { readValidWriteups, type ReadWriteups } from '../catalog/writeup/read.ts';
import { runHarness, type HarnessOptions } from './harness.ts';
import { harnessCommit } from './record/commit.ts';
import { openMachineFolder, writeMachineRun } from './record/machine.ts';
import { Origins } from './record/origins.ts';
import { Orphans } from './record/orphans.ts';
import { recordEvidence } from './record/record.ts';
import { reportToGithub } from './report/github.ts';
import { toJson } from './report/json.ts';
import { writeReports } from './report/junit.ts';
import { listToJson, renderList } from './report/list.ts';
import { renderLogs } from './report/logs.ts';
import { Progress } from './report/progress.ts';
import type { Result } from './report/result.ts';
import { renderTable } from './report/table.ts';
import { expectedRuns } from './selection/expected.ts';
import { withoutInvalid } from './selection/invalid.ts';
import type { Case } from './selection/plan.ts';
import { select, type Selection } from './selection/select.ts';
import { casesOfShard, parseShard } from './selection/shard.ts';
import { recordedCases, wantsRun } from './selection/stale.ts';

export interface CommandOptions extends HarnessOptions, Selection {
  /** The project that holds bugs/ and harness/. Default: this one. */
  readonly root?: string;
  /** Only what is stale or was never recorded. */
  readonly stale?: boolean;
  /** Tells what would run and what is recorded of it, and runs nothing. */
  readonly list?: boolean;
  /** One of several parts of the selection, such as `1/3`. */
  readonly shard?: string;
  readonly record?: boolean;
  /** An empty folder in place of harness/evidence, for `poolproof merge`; nothing is removed then. */
  readonly recordTo?: string;
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
  refuseContradictions(options);
  const shard = options.shard === undefined ? undefined : parseShard(options.shard);
  const before = readValidWriteups(root);
  const { writeups, problems } = before;
  for (const problem of problems) say(`error: ${formatProblem(problem)}`);
  const { selection } = withoutInvalid(options, problems);
  const whole = selection === undefined ? [] : select(writeups, selection);
  const tells = options.stale === true || options.list === true;
  if (tells) say(`reading what is recorded of ${whole.length} cells …`);
  const listed = tells ? recordedCases(whole, writeups, root) : [];
  const wanted = options.stale ? listed.filter(wantsRun) : listed;
  const chosen = options.stale ? wanted.map(({ one }) => one) : whole;
  const cases = shard === undefined ? chosen : casesOfShard(chosen, shard, root);
  const exit = (code: number) => (problems.length > 0 ? 2 : code);
  if (options.list) {
    const mine = new Set(cases);
    const shown = wanted.filter(({ one }) => mine.has(one));
    if (options.json) printJson(listToJson(shown, expectedRuns(cases, root)));
    else process.stdout.write(renderList(shown));
    return exit(0);
  }
  if (cases.length === 0 && chosen.length > 0)
    say(`nothing is left for shard ${options.shard ?? ''}`);
  else if (options.stale && cases.length === 0) say('nothing is stale here');
  // Asked first: what cannot be recorded need not be run.
  const recording = await openRecording(options, { before, cases, root });
  const { results, accidents } = await test(root, cases, options);
  const refused = (await recording?.(results)) ?? [];
  if (options.json) printJson(toJson(results));
  const failed = refused.length > 0 || accidents.length > 0;
  return exit(failed ? 1 : exitCode(results, options));
}

/** @throws BadInput for options that do not go together. */
function refuseContradictions({ record, recordTo, replaceEngine }: CommandOptions): void {
  const option = recordTo === undefined ? '--record' : '--record-to';
  if ((record || recordTo !== undefined) && replaceEngine) {
    throw new BadInput(
      `expected ${option} without --replace-engine, got both: evidence is of the versions that write-ups list. Leave one out.`,
    );
  }
  if (record && recordTo !== undefined) {
    throw new BadInput(
      'expected --record or --record-to, got both. Type --record-to alone, and then: poolproof merge DIR',
    );
  }
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
  const idle = results.filter(({ verdict }) => verdict === 'not run').length;
  if (options.requireRun && idle > 0) {
    say(
      `error: --require-run: expected every selected cell to run, got ${idle} that did not; the reasons stand above`,
    );
  }
  for (const accident of accidents) say(`error: an accident of no bug known: ${accident}`);
  await writeReports(results, root);
  await reportToGithub(results, options);
  return { results, accidents };
}

interface ToRecord {
  /** The write-ups before the runs. */
  readonly before: ReadWriteups;
  readonly cases: readonly Case[];
  readonly root: string;
}

/**
 * Notes what runs will be made of.
 *
 * @returns what records their results and returns what was refused; undefined where nothing is to be recorded.
 */
async function openRecording(
  { record, recordTo, shard }: CommandOptions,
  { before, cases, root }: ToRecord,
): Promise<((results: readonly Result[]) => Promise<readonly string[]>) | undefined> {
  if (!record && recordTo === undefined) return undefined;
  const commit = await harnessCommit(root);
  if (recordTo !== undefined) await openMachineFolder(recordTo, root);
  const origins = new Origins(commit, cases, root);
  const target =
    recordTo === undefined ? { orphans: new Orphans(before, root) } : { folder: recordTo };
  return async (results) => {
    const now = readValidWriteups(root);
    const { done, refused } = await recordEvidence(results, {
      before,
      now,
      origins,
      root,
      ...target,
    });
    if (recordTo !== undefined) await writeMachineRun(recordTo, results, { commit, shard });
    for (const line of [...done, ...refused]) say(line);
    return refused;
  };
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
