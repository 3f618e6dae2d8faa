import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fixtureCache } from './lab/testing/fixture-cache.ts';
import { fixtureHarness, fixtureProject, onlyClaims } from './fixtures/project.ts';
import type { toJson } from './report/json.ts';

let cache: Awaited<ReturnType<typeof fixtureCache>>;
let plain: Awaited<ReturnType<typeof runFixture>>;
beforeAll(async () => {
  cache = await fixtureCache();
  plain = await runFixture(fixtureProject('plain'), '--repeat', '2');
});
afterAll(() => cache[Symbol.asyncDispose]());

async function runFixture(root: string, ...args: string[]) {
  const { stdout, stderr, exitCode } = await execa(...fixtureHarness(root, ...args), {
    env: { POOLPROOF_CACHE: cache.folder },
    reject: false,
  });
  const { results, summary } = JSON.parse(stdout) as ReturnType<typeof toJson>;
  const here = results.filter(({ platform }) => platform === process.platform);
  const verdicts = Object.fromEntries(here.map(({ claim, verdict }) => [claim, verdict]));
  return { results, summary, here, verdicts, stderr, exitCode };
}

test('each claim of a project comes out as its name says', () => {
  expect(plain.verdicts).toEqual({
    'polite-works': 'confirmed',
    'rude-fails': 'confirmed',
    'moody-works': 'unstable',
    'fault-taken-away': 'refuted',
    'fails-otherwise': 'unknown',
    'control-fails': 'unknown',
    'silent-is-unknown': 'unknown',
    'false-but-kept': 'refuted',
  });
  expect(plain.exitCode).toBe(1);
});

test('a sentence turned into its opposite turns its verdict over, and nothing else is touched', async () => {
  await using project = await projectWithWriteup((text) =>
    text
      .replace('Asked politely the program answers', 'Asked politely the program grumbles')
      .replace('{ works: { answers: 1 } }', '{ fails: grumble }\n    control: rude-fails'),
  );
  expect(plain.verdicts['polite-works']).toBe('confirmed');
  expect((await runFixture(project.root)).verdicts['polite-works']).toBe('refuted');
});

test('stdout carries the JSON of the contract, stderr why things did not run', () => {
  expect(plain.results).toHaveLength(24);
  expect(plain.summary).toEqual({ confirmed: 2, refuted: 2, unstable: 1, unknown: 3, notRun: 16 });
  for (const result of plain.results) {
    expect(result).toMatchObject({ bug: 'BUG-902', engine: 'bullmq@6.7.0', pool: 'solo' });
    expect(result.reason).not.toBe('');
    expect(result.evidence === null).toBe(result.verdict === 'not run');
  }
  expect(plain.stderr).toContain(`this machine is ${process.platform}`);
});

test('evidence holds what happened and no trace of the machine', () => {
  const result = plain.here.find(({ claim }) => claim === 'rude-fails');
  const evidence = result?.evidence;
  expect(evidence?.runs).toMatchObject([
    {
      rounds: [1, 2],
      observation: {
        jobs: [{ name: 'ask', state: 'failed' }],
        exits: [{ actor: 'answer', code: 1, signal: null }],
        log: ['answer | Grumble: not without please in <work>'],
      },
    },
  ]);
  expect(evidence?.control).toMatchObject({
    claim: 'polite-works',
    cells: [{ runs: [{ rounds: [1, 2], observation: { jobs: [{ state: 'completed' }] } }] }],
  });
  expect(result?.reason).toContain('Grumble: not without please in <work>');
  expect(evidence?.commands).toEqual(['node answer.mjs']);
  expect(JSON.stringify(evidence)).not.toContain(os.tmpdir());
});

test('exits with 0 when every claim that ran came out as written, kept falsehoods included', async () => {
  await using project = await projectWithWriteup(
    onlyClaims('polite-works', 'rude-fails', 'false-but-kept'),
  );
  expect(await runFixture(project.root)).toMatchObject({ exitCode: 0 });
});

test('exits with 1 for --require-run when a claim did not run', async () => {
  await using project = await projectWithWriteup(onlyClaims('polite-works', 'rude-fails'));
  expect(await runFixture(project.root, '--require-run')).toMatchObject({ exitCode: 1 });
});

test('a cache that cannot be written is refused before anything is done', async () => {
  const file = path.join(cache.folder, 'a file');
  await writeFile(file, '');
  const [program, args] = fixtureHarness(fixtureProject('plain'));
  const { stdout, stderr } = await execa(program, args, {
    env: { POOLPROOF_CACHE: file },
    reject: false,
  });
  expect(stdout).toBe('');
  expect(stderr).toContain(`BadInput: expected a cache folder that can be written, got ${file}`);
  expect(stderr).toContain('set POOLPROOF_CACHE to another folder');
});

/** The fixture `plain` with its write-up edited; its scenario is the very same file. */
async function projectWithWriteup(
  edit: (text: string) => string,
): Promise<{ root: string } & AsyncDisposable> {
  const plain = fixtureProject('plain');
  const root = await mkdtemp(path.join(os.tmpdir(), 'poolproof-project-'));
  const writeup = path.join('bugs', '902-plain-programs.mdx');
  await mkdir(path.join(root, 'bugs'));
  await mkdir(path.join(root, 'harness'));
  await writeFile(
    path.join(root, writeup),
    edit(await readFile(path.join(plain, writeup), 'utf8')),
  );
  const scenarios = path.join('harness', 'scenarios');
  await symlink(path.join(plain, scenarios), path.join(root, scenarios), 'junction');
  return {
    root,
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true, maxRetries: 5 }),
  };
}
