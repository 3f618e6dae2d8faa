import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { evidenceSchema, type Evidence } from '../../catalog/evidence/schema.ts';
import { readWriteups } from '../../catalog/writeup/read.ts';
import { fixtureProject } from '../fixtures/project.ts';
import { mountTmpfs } from '../lab/testing/tmpfs.ts';
import { notRunResult } from '../report/result-of.ts';
import type { Result } from '../report/result.ts';
import { select } from '../selection/select.ts';
import { harnessCommit } from './commit.ts';
import { recordEvidence } from './record.ts';

const writeups = readWriteups(fixtureProject('celery'));
const slug = '901-celery-pools';
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
  const lines = await record([soloResult({ reason: 'seen again' })]);
  expect(await readdir(folder)).toEqual(['solo-works.celery-5.6.1.solo.linux.json']);
  const text = await readFile(path.join(folder, 'solo-works.celery-5.6.1.solo.linux.json'), 'utf8');
  const evidence = evidenceSchema.parse(JSON.parse(text));
  expect(evidence).toMatchObject({ reason: 'seen again', harness: 'abc' });
  expect(lines).toEqual([expect.stringMatching(/^recorded .*solo-works/)]);
});

test('a claim that did not run leaves its earlier evidence alone', async () => {
  await record([soloResult()]);
  const [one] = select(writeups, { pool: 'solo' });
  if (one === undefined) throw new Error('the fixture has no claim for the solo pool');
  expect(await record([notRunResult(one, 'no Python')])).toEqual([]);

  expect(await readdir(folder)).toHaveLength(1);
});

test('evidence of a claim that is gone is removed, and a version no write-up lists is not recorded', async () => {
  await writeFile(path.join(folder, 'dreams.celery-5.6.1.solo.linux.json'), '{}');
  const unlisted = soloResult({ cell: { ...soloCell, version: '5.4.0' } });
  const lines = await record([soloResult(), unlisted]);
  expect(await readdir(folder)).toEqual(['solo-works.celery-5.6.1.solo.linux.json']);
  expect(lines).toEqual([
    expect.stringMatching(/^recorded /),
    expect.stringMatching(/^not recorded, as no claim speaks of it: .*5\.4\.0/),
    expect.stringMatching(/^removed .*dreams/),
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
  await record([soloResult({ reason: 'seen before' })]);
  const long = Array<string>(400).fill('worker | a line of fifty characters, more or less it is');
  const log = { ...soloResult().evidence?.observation, log: long } as Evidence['observation'];
  const twice = [
    soloResult({ reason: 'seen again' }),
    soloResult({
      cell: { ...soloCell, pool: 'prefork', emulate: 'spawn' },
      claim: 'spawned-prefork-fails',
      observation: log,
    }),
  ];
  await expect(record(twice)).rejects.toThrow(/^nothing was recorded: ENOSPC.*\nFree some space/);
  expect(await readdir(folder)).toEqual(['solo-works.celery-5.6.1.solo.linux.json']);
  const [text] = [
    await readFile(path.join(folder, 'solo-works.celery-5.6.1.solo.linux.json'), 'utf8'),
  ];
  expect(evidenceSchema.parse(JSON.parse(text)).reason).toBe('seen before');
});

test('the commit is refused while harness/ or bugs/ differ from it, evidence excepted', async () => {
  const git = (...args: string[]) =>
    execa('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: root });
  await git('init', '-q');
  await mkdir(path.join(root, 'bugs'));
  await writeFile(path.join(root, 'bugs', 'a.mdx'), 'a');
  await git('add', '-A');
  await git('commit', '-q', '-m', 'a');
  const { stdout: head } = await git('rev-parse', 'HEAD');

  await writeFile(path.join(folder, 'new.json'), '{}');
  await writeFile(path.join(root, 'README.md'), 'elsewhere');
  await expect(harnessCommit(root)).resolves.toBe(head);

  await writeFile(path.join(root, 'bugs', 'a.mdx'), 'b');
  await expect(harnessCommit(root)).rejects.toThrow(/bugs\/a\.mdx[^]*leave out --record/);
});

function record(results: Result[]): Promise<string[]> {
  return recordEvidence(results, writeups, 'abc', root);
}

const soloCell = {
  engine: 'celery',
  version: '5.6.1',
  pool: 'solo',
  platform: 'linux',
  launch: 'plain',
} as const;

function soloResult(changes: Partial<Evidence> = {}): Result {
  const about = {
    bug: 'BUG-901',
    slug,
    claim: 'solo-works',
    says: 'The solo pool completes tasks',
    cell: soloCell,
    verdict: 'confirmed',
    reason: '1 of 1 jobs completed',
    asWritten: true,
    ...changes,
  } as const;
  const startedAt = '2026-11-23T12:00:00.000Z';
  return {
    ...about,
    durationMs: 1000,
    evidence: {
      ...about,
      runs: { total: 1, holding: 1 },
      control: { claim: 'spawned-prefork-fails', verdict: 'confirmed' },
      outcome: 'works',
      observation: changes.observation ?? {
        ...{ jobs: [], exits: [], facts: {}, log: [] },
        ...{ startedAt, durationMs: 1000 },
      },
      commands: changes.commands ?? [],
      versions: {},
      system: { os: 'Linux', kernel: '6', arch: 'x64' },
      broker: { kind: 'redis', how: 'native', version: '7.0.15' },
    },
  };
}
