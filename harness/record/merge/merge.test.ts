import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Evidence } from '../../../catalog/evidence/schema.ts';
import {
  actorFile,
  createFixtureProject,
  evidenceFile,
  scenarioFile,
  writeupFile,
  type FixtureProject,
} from '../../../catalog/fixtures/sound-project.ts';
import { hasGit } from '../../../catalog/testing/git.ts';
import { formatProblem } from '../../../catalog/problem/problem.ts';
import { runFile, type MachineRun } from '../machine.ts';
import { needsALook, planMerge, type MergePlan } from './merge.ts';
import { renderSummary } from './summary.ts';

const slug = '007-sleepy-worker';
const name = path.basename(evidenceFile);
let project: FixtureProject;
let commit: string;
/** What the fixture records of `sleeps`, as text. */
let recorded: string;

beforeEach(async ({ skip }) => {
  if (!hasGit) skip('there is no Git here');
  project = await createFixtureProject();
  await git('init', '-q');
  await rm(path.join(project.root, evidenceFile));
  await git('add', '-A');
  await git('commit', '-q', '-m', 'as it is');
  commit = (await git('rev-parse', 'HEAD')).stdout;
  await project.record();
  recorded = await readFile(path.join(project.root, evidenceFile), 'utf8');
  recorded = recorded.replace('0123abc', commit);
  await rm(path.join(project.root, 'harness', 'evidence'), { recursive: true, maxRetries: 5 });
});
afterEach(async () => {
  if (hasGit) await project[Symbol.asyncDispose]();
});

function git(...args: string[]) {
  return execa('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
    cwd: project.root,
  });
}

/** A folder as a machine would leave it. */
async function machine(
  called: string,
  files: Readonly<Record<string, string>> = { [`${slug}/${name}`]: recorded },
): Promise<string> {
  const folder = path.join(project.root, 'machines', called);
  for (const [file, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), text);
  }
  return folder;
}

function changed(change: (evidence: Evidence) => Partial<Evidence>): string {
  const evidence = JSON.parse(recorded) as Evidence;
  return JSON.stringify({ ...evidence, ...change(evidence) }, null, 2);
}

function lasting(durationMs: number): string {
  return changed(({ runs: [run] }) => {
    if (run === undefined || !('observation' in run)) throw new Error('the fixture has a run');
    return { runs: [{ ...run, observation: { ...run.observation, durationMs } }] };
  });
}

/** Evidence in which the worker naps once, which the write-up does not say. */
function otherwise(): string {
  return changed(({ runs: [run] }) => {
    if (run === undefined || !('observation' in run)) throw new Error('the fixture has a run');
    return { runs: [{ ...run, observation: { ...run.observation, facts: { naps: 1 } } }] };
  });
}

async function plan(...folders: string[]): Promise<MergePlan> {
  const planned = await planMerge(folders, project.root);
  if ('refused' in planned) throw new Error(planned.refused.map(formatProblem).join('\n'));
  return planned;
}

async function refused(...folders: string[]): Promise<string[]> {
  const planned = await planMerge(folders, project.root);
  return 'refused' in planned
    ? planned.refused.map((one) => formatProblem({ ...one, file: path.basename(one.file) }))
    : [];
}

async function inTree(): Promise<string[]> {
  const folder = path.join(project.root, 'harness', 'evidence', slug);
  return readdir(folder).catch(() => []);
}

test('what a machine recorded is written as it was, and told per platform', async () => {
  const { merged, write } = await plan(await machine('linux'));
  expect(await inTree()).toEqual([]);
  await write();
  expect(await inTree()).toEqual([name]);
  const text = await readFile(path.join(project.root, evidenceFile), 'utf8');
  expect(JSON.parse(text)).toEqual(JSON.parse(recorded));
  expect(merged.changes).toMatchObject([
    { bug: 'BUG-007', claim: 'sleeps', before: 'not run', after: 'confirmed', kind: 'new' },
  ]);
  expect(needsALook(merged)).toBe(false);
  expect(renderSummary(merged)).toContain('Linux | 0 | 1 | 0 | 0 | 0');
});

test('what is there already is left alone, even if it is stale', async () => {
  await (await plan(await machine('first'))).write();
  await project.edit(actorFile, 'a + b', 'a - b');
  const { merged } = await plan(await machine('second'));
  expect(merged).toMatchObject({ written: [], changes: [] });
});

test('a verdict that turned over is told with what it was', async () => {
  await (await plan(await machine('first'))).write();
  const { merged, write } = await plan(
    await machine('second', { [`${slug}/${name}`]: otherwise() }),
  );
  await write();
  expect(merged.changes).toMatchObject([
    { before: 'confirmed', after: 'refuted', kind: 'turned', asWritten: false },
  ]);
  expect(needsALook(merged)).toBe(true);
  expect(renderSummary(merged)).toMatch(
    /Turned over[^]*BUG-007 sleeps .*confirmed \| \*\*refuted\*\*/,
  );
});

test('the same evidence from two machines is one record', async () => {
  const { merged } = await plan(await machine('one'), await machine('two'));
  expect(merged.written).toHaveLength(1);
});

test.each([
  ['in how long it took alone', () => lasting(7), /both come to confirmed, in runs that differ/],
  ['in their verdict', otherwise, /that one comes to confirmed, this one to refuted/],
])('two records of a cell that differ %s are refused', async (_what, other, why) => {
  const folders = [await machine('one'), await machine('two', { [`${slug}/${name}`]: other() })];
  expect(await refused(...folders)).toEqual([expect.stringMatching(why)]);
  expect(await inTree()).toEqual([]);
});

test.each<[string, string, (text: string) => string, RegExp]>([
  ['cut off', name, (text) => text.slice(0, 300), /\.json:\d+: expected JSON/],
  ['empty', name, () => '', /\.json:1: expected JSON/],
  ['not UTF-8', name, (text) => text, /expected UTF-8/],
  [
    'without a key',
    name,
    (text) => JSON.stringify({ ...(JSON.parse(text) as object), system: undefined }, null, 2),
    /\.json:1: system: /,
  ],
  [
    'with a value of another kind',
    name,
    (text) => text.replace('"platform": "linux"', '"platform": "beos"'),
    /\.json:\d+: cell\.platform: /,
  ],
  [
    'under the name of another cell',
    name.replace('linux', 'darwin'),
    (text) => text,
    /expected the file name .*linux\.json for what it holds/,
  ],
  ['of another kind', 'notes.txt', (text) => text, /got another file/],
])(
  'a file that is %s is refused with its line, and nothing is written',
  async (what, file, damage, why) => {
    const pretty = JSON.stringify(JSON.parse(recorded), null, 2);
    const folder = await machine('one', { [`${slug}/${file}`]: damage(pretty) });
    if (what === 'not UTF-8') {
      await writeFile(path.join(folder, slug, file), Buffer.from([0x7b, 0xff, 0xfe]));
    }
    const whole = await machine('two', { [`${slug}/bisect/other.json`]: '{}' });
    expect(await refused(folder, whole)).toContainEqual(expect.stringMatching(why));
    expect(await inTree()).toEqual([]);
  },
);

test.each<[string, () => Promise<unknown>, RegExp]>([
  [
    'an actor',
    () => project.edit(actorFile, 'a + b', 'a - b'),
    /an actor or what it loads has changed since/,
  ],
  [
    'the scenario',
    () => project.edit(scenarioFile, "'../naps.ts'", "'../naps.ts' "),
    /the scenario has changed since/,
  ],
  [
    'the sentence',
    () => project.edit(writeupFile, 'With prefork', 'With it'),
    /the sentence has changed since/,
  ],
  [
    'the claim',
    () => project.edit(writeupFile, 'sleeps\n', 'snores\n'),
    /expected a claim "sleeps"/,
  ],
  [
    'the version',
    () => project.edit(writeupFile, "['5.6.1'], pool: prefork", "['5.7.0'], pool: prefork"),
    /to speak of celery-5\.6\.1/,
  ],
  [
    'the write-up',
    () => project.edit(writeupFile, 'severity: medium', 'severity: hm'),
    /a write-up of .* that can be used/,
  ],
])('once %s is another, evidence is refused', async (_what, change, why) => {
  const folder = await machine('one');
  await change();
  expect(await refused(folder)).toContainEqual(expect.stringMatching(why));
});

test('evidence of a commit that is not of this history is refused at its line', async () => {
  const pretty = JSON.stringify(JSON.parse(recorded.replace(commit, 'f'.repeat(40))), null, 2);
  const folder = await machine('one', { [`${slug}/${name}`]: pretty });
  const line = pretty.split(/\r?\n/).findIndex((text) => text.includes('"commit"')) + 1;
  expect(await refused(folder)).toEqual([
    expect.stringContaining(`${name}:${line}: expected evidence of a commit of this history`),
  ]);
});

test.each<[string, (evidence: Evidence) => Partial<Evidence>, RegExp]>([
  [
    'another version',
    () => ({ versions: { celery: '5.7.0' } }),
    /to be on celery 5\.6\.1, got 5\.7\.0/,
  ],
  [
    'another platform',
    ({ system }) => ({ system: { ...system, os: 'Darwin' } }),
    /expected a run on Linux/,
  ],
  [
    'a folder of somebody',
    () => ({ commands: [path.join(os.homedir(), 'celery')] }),
    /of one machine alone/,
  ],
])('evidence whose runs were on %s is refused', async (_what, change, why) => {
  const folder = await machine('one', { [`${slug}/${name}`]: changed(change) });
  expect(await refused(folder)).toContainEqual(expect.stringMatching(why));
});

test('what a machine missed or did not run is told, though it is no evidence', async () => {
  const { cell, bug, claim } = JSON.parse(recorded) as Evidence;
  const about = { bug, slug, claim, cell };
  const results: MachineRun['results'] = [
    { ...about, verdict: 'refuted', asWritten: false, reason: 'it `never` sleeps | <b>' },
    {
      ...about,
      claim: 'solo-stays-awake',
      verdict: 'not run',
      asWritten: true,
      reason: 'no Python 3',
    },
    {
      ...about,
      cell: { ...cell, platform: 'win32' },
      verdict: 'not run',
      asWritten: true,
      reason: 'win32: this machine is linux',
    },
  ];
  const run = { commit, system: { os: 'Linux', kernel: '6', arch: 'x64' }, shard: '1/2', results };
  const { merged } = await plan(await machine('one', { [runFile]: JSON.stringify(run) }));
  expect(merged).toMatchObject({
    missed: [{ claim: 'sleeps', before: 'not run', verdict: 'refuted' }],
    notRun: [{ platform: 'linux', reason: 'no Python 3', cells: 1 }],
    written: [],
  });
  expect(needsALook(merged)).toBe(true);
  const summary = renderSummary(merged);
  expect(summary).toContain("`it 'never' sleeps \\| <b>`");
  expect(summary).toContain('shard 1/2');
});

test.each([
  ['is not there', 'nowhere', /which is not there/],
  ['is empty', 'empty', /which is empty/],
])('a folder that %s is refused', async (_what, called, why) => {
  await mkdir(path.join(project.root, 'machines', 'empty'), { recursive: true });
  await expect(
    planMerge([path.join(project.root, 'machines', called)], project.root),
  ).rejects.toThrow(why);
});
