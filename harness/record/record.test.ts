import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { git, hasGit } from '../../catalog/testing/git.ts';
import { cellName, evidenceSchema, type Observation } from '../../catalog/evidence/schema.ts';
import { readWriteups } from '../../catalog/writeup/read.ts';
import { fixtureProject } from '../fixtures/project.ts';
import { mountTmpfs } from '../lab/testing/tmpfs.ts';
import type { Result } from '../report/result.ts';
import { select } from '../selection/select.ts';
import { harnessCommit } from './commit.ts';
import { notRunResult } from './gather.ts';
import { Origins } from './origins.ts';
import { recordEvidence, type RecordOptions } from './record.ts';

const writeups = readWriteups(fixtureProject('celery'));
const slug = '901-celery-pools';
const soloCell = {
  engine: 'celery',
  version: '5.6.1',
  pool: 'solo',
  platform: 'linux',
  launch: 'plain',
} as const;
let root: string;
let folder: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'poolproof-record-'));
  folder = path.join(root, 'harness', 'evidence', slug);
  await mkdir(folder, { recursive: true });
});
afterEach(() => rm(root, { recursive: true, force: true, maxRetries: 5 }));

test('writes one file for a cell, in place of what was there', async () => {
  await record([soloResult()]);
  const { done } = await record([soloResult({ log: ['seen again'] })]);
  expect(await readdir(folder)).toEqual(['solo-works.celery-5.6.1.solo.linux.json']);
  const text = await readFile(path.join(folder, 'solo-works.celery-5.6.1.solo.linux.json'), 'utf8');
  const evidence = evidenceSchema.parse(JSON.parse(text));
  expect(evidence).toMatchObject({
    recordedFrom: { commit: 'abc' },
    runs: [{ rounds: [1], observation: { log: ['seen again'] } }],
  });
  expect(text).not.toContain('confirmed');
  expect(done).toEqual([expect.stringMatching(/^recorded .*solo-works/)]);
});

test('a claim that did not run leaves its earlier evidence alone', async () => {
  await record([soloResult()]);
  const [one] = select(writeups, { pool: 'solo' });
  if (one === undefined) throw new Error('the fixture has no claim for the solo pool');
  expect(await record([notRunResult(one, 'no Python')])).toEqual({ done: [], refused: [] });
  expect(await readdir(folder)).toHaveLength(1);
});

test('evidence of a claim that is gone is removed, and a version no write-up lists is not recorded', async () => {
  await writeFile(path.join(folder, 'dreams.celery-5.6.1.solo.linux.json'), '{}');
  const unlisted = soloResult({ cell: { ...soloCell, version: '5.4.0' } });
  const { done, refused } = await record([soloResult(), unlisted]);
  expect(await readdir(folder)).toEqual(['solo-works.celery-5.6.1.solo.linux.json']);
  expect(done).toEqual([
    expect.stringMatching(/^recorded /),
    expect.stringMatching(/^removed .*dreams/),
  ]);
  expect(refused).toEqual([
    expect.stringMatching(/^not recorded, as no claim speaks of it: .*5\.4\.0/),
  ]);
});

test('of a bug whose write-up cannot be read, nothing is removed', async () => {
  await writeFile(path.join(folder, 'dreams.celery-5.6.1.solo.linux.json'), '{}');
  const options = { writeups: [], invalid: new Set([slug]) };
  expect(await record([], options)).toEqual({ done: [], refused: [] });
  expect(await readdir(folder)).toHaveLength(1);
});

test.each<[string, Partial<Changes>, RegExp]>([
  [
    'runs that did not come out as written',
    { asWritten: false, verdict: 'refuted', reason: 'it did not work' },
    /^not recorded, as it did not come out as written \(refuted: it did not work\): .*solo-works/,
  ],
  [
    'runs of another version than the label says',
    { versions: { celery: '5.6.3' } },
    /^not recorded, as its label would be wrong \(expected the runs to be on celery 5\.6\.1, got 5\.6\.3\)/,
  ],
  [
    'runs on another Python than the label says',
    { cell: { ...soloCell, python: '3.9' }, versions: { celery: '5.6.1', python: '3.11.2' } },
    /expected the runs to be on Python 3\.9, got 3\.11\.2/,
  ],
  [
    'runs on another platform than the label says',
    { system: { os: 'Darwin', kernel: '24', arch: 'arm64' } },
    /expected a run on Linux for linux, got one on Darwin/,
  ],
])('refuses %s, and keeps what was there', async (_what, changes, why) => {
  const result = soloResult(changes);
  const file = path.join(folder, `solo-works.${cellName(result.cell)}.json`);
  await writeFile(file, 'what was there');
  expect(await record([result], withPythons(changes.cell?.python))).toEqual({
    done: [],
    refused: [expect.stringMatching(why)],
  });
  expect(await readFile(file, 'utf8')).toBe('what was there');
});

test('what is false and known to be is recorded when it is refuted again', async () => {
  const { refused } = await record([soloResult({ verdict: 'refuted' })]);
  expect(refused).toEqual([]);
});

test('refuses evidence of what has changed while it ran', async () => {
  const scenarios = path.join(root, 'harness', 'scenarios', slug);
  await mkdir(scenarios, { recursive: true });
  await writeFile(path.join(scenarios, 'scenario.ts'), 'before');
  const origins = new Origins('abc', select(writeups, {}), root);
  await writeFile(path.join(scenarios, 'scenario.ts'), 'after');
  expect((await record([soloResult()], { origins })).refused).toEqual([
    expect.stringMatching(/^not recorded, as what it was run from has changed meanwhile/),
  ]);
});

test('refuses traces of the machine, and then writes nothing', async () => {
  const telling = soloResult({
    commands: [`${path.join(os.homedir(), 'bin', 'python')} worker.py`],
  });
  await expect(record([soloResult(), telling])).rejects.toThrow('nothing was recorded');
  expect(await readdir(folder)).toEqual([]);
});

test('on a disk that does not take all of it, nothing is recorded, and what was there stays', async (context) => {
  await using disk = await mountTmpfs('32k', context);
  root = path.join(disk.folder, 'project');
  folder = path.join(root, 'harness', 'evidence', slug);
  await mkdir(folder, { recursive: true });
  await record([soloResult({ log: ['seen before'] })]);
  const long = Array<string>(400).fill('worker | a line of fifty characters, more or less it is');
  const twice = [
    soloResult({ log: ['seen again'] }),
    soloResult({
      cell: { ...soloCell, pool: 'prefork', emulate: 'spawn' },
      claim: 'spawned-prefork-fails',
      log: long,
    }),
  ];
  await expect(record(twice)).rejects.toThrow(/^nothing was recorded: ENOSPC.*\nFree some space/);
  expect(await readdir(folder)).toEqual(['solo-works.celery-5.6.1.solo.linux.json']);
  const text = await readFile(path.join(folder, 'solo-works.celery-5.6.1.solo.linux.json'), 'utf8');
  expect(text).toContain('seen before');
});

test.skipIf(!hasGit)(
  'the commit is refused while harness/ or bugs/ differ from it, evidence excepted',
  async () => {
    await git(root, 'init', '-q');
    await mkdir(path.join(root, 'bugs'));
    await writeFile(path.join(root, 'bugs', 'a.mdx'), 'a');
    await git(root, 'add', '-A');
    await git(root, 'commit', '-q', '-m', 'a');
    const { stdout: head } = await git(root, 'rev-parse', 'HEAD');

    await writeFile(path.join(folder, 'new.json'), '{}');
    await writeFile(path.join(root, 'README.md'), 'elsewhere');
    await expect(harnessCommit(root)).resolves.toBe(head);

    await writeFile(path.join(root, 'bugs', 'a.mdx'), 'b');
    await expect(harnessCommit(root)).rejects.toThrow(/bugs\/a\.mdx[^]*leave out --record/);
  },
);

function record(results: Result[], options: Partial<RecordOptions> = {}) {
  const origins = new Origins('abc', select(options.writeups ?? writeups, {}), root);
  return recordEvidence(results, { writeups, invalid: new Set(), origins, root, ...options });
}

/** Lets the claim speak of a Python, where one is named. */
function withPythons(python: string | undefined): Partial<RecordOptions> {
  if (python === undefined) return {};
  const named = writeups.map((writeup) => ({
    ...writeup,
    claims: writeup.claims.map((claim) => ({ ...claim, run: { ...claim.run, python: [python] } })),
  }));
  return { writeups: named };
}

interface Changes extends Pick<Result, 'claim' | 'cell' | 'verdict' | 'reason' | 'asWritten'> {
  readonly log: string[];
  readonly commands: string[];
  readonly versions: Record<string, string>;
  readonly system: { os: string; kernel: string; arch: string };
}

function soloResult({
  log = [],
  commands = [],
  versions,
  system = { os: 'Linux', kernel: '6', arch: 'x64' },
  verdict = 'confirmed',
  reason = '1 of 1 jobs completed',
  asWritten = true,
  claim = 'solo-works',
  cell = soloCell,
}: Partial<Changes> = {}): Result {
  const says = 'The solo pool completes tasks';
  const about = { bug: 'BUG-901', slug, claim, says, cell };
  const observation: Observation = {
    ...{ jobs: [], exits: [], facts: {}, log },
    ...{ startedAt: '2026-11-23T12:00:00.000Z', durationMs: 1000 },
  };
  return {
    ...about,
    ...{ verdict, reason, asWritten, durationMs: 1000 },
    evidence: {
      ...about,
      conditions: [{ atOnce: 4, load: 0 }],
      runs: [{ rounds: [1], observation }],
      control: { claim: 'spawned-prefork-fails', cells: [] },
      ...{ commands, system, versions: versions ?? { celery: cell.version } },
      broker: { kind: 'redis', how: 'native', version: '7.0.15' },
    },
  };
}
