import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { git, hasGit } from '../catalog/testing/git.ts';
import { makeTemporaryFolder } from '../catalog/testing/temporary-folder.ts';
import { fixtureHarness, fixtureProject, onlyClaims } from './fixtures/project.ts';
import { fixtureCache } from './lab/testing/fixture-cache.ts';
import type { toJson } from './report/json.ts';
import type { listToJson } from './report/list.ts';

/** The fixture `plain` in a repository of its own, with two claims that come out and one that does not. */
let folder: Awaited<ReturnType<typeof makeTemporaryFolder>>;
let cache: Awaited<ReturnType<typeof fixtureCache>>;
const slug = '902-plain-programs';
const writeup = path.join('bugs', `${slug}.mdx`);
const actor = path.join('harness', 'scenarios', slug, 'actors', 'answer.mjs');
const scenario = path.join('harness', 'scenarios', slug, 'scenario.ts');

beforeEach(async () => {
  cache = await fixtureCache();
  folder = await makeTemporaryFolder('command');
  await cp(fixtureProject('plain'), folder.path, {
    recursive: true,
    filter: (file) => !file.includes('.vitest'),
  });
  // The scenario imports the harness, which stays where it is.
  const inPlace = path.join(fixtureProject('plain'), path.dirname(scenario), '..');
  await edit(scenario, (text) =>
    text.replaceAll("from '../", `from '${inPlace.split(path.sep).join('/')}/`),
  );
  await edit(
    writeup,
    onlyClaims('polite-works', 'rude-fails', 'fault-taken-away', 'false-but-kept'),
  );
  await git(folder.path, 'init', '-q');
  await commit();
});
afterEach(async () => {
  await folder[Symbol.asyncDispose]();
  await cache[Symbol.asyncDispose]();
});

async function commit() {
  await git(folder.path, 'add', '-A');
  await git(folder.path, 'commit', '-q', '-m', 'as it is');
}

async function edit(file: string, change: (text: string) => string): Promise<void> {
  const name = path.join(folder.path, file);
  const text = await readFile(name, 'utf8');
  if (change(text) === text) throw new Error(`Expected another ${file}, got the same`);
  await writeFile(name, change(text));
}

async function run(...args: string[]) {
  const { stdout, stderr, exitCode } = await execa(
    ...fixtureHarness(folder.path, '--platform', process.platform, ...args),
    { env: { POOLPROOF_CACHE: cache.folder }, reject: false },
  );
  return { stdout, stderr, exitCode };
}

async function recorded(): Promise<string[]> {
  const files = path.join(folder.path, 'harness', 'evidence', slug);
  return (await readdir(files)).map((name) => name.replace(/\..*/, '')).sort();
}

test.skipIf(!hasGit)(
  '--record writes what came out as written, refuses the rest and exits with 1',
  async () => {
    const { stderr, exitCode } = await run('--record');
    expect(await recorded()).toEqual(['false-but-kept', 'polite-works', 'rude-fails']);
    expect(stderr).toMatch(
      /not recorded, as it did not come out as written \(refuted: 1 of 1 jobs completed\): .*fault-taken-away/,
    );
    expect(exitCode).toBe(1);
  },
);

test.skipIf(!hasGit)('--stale runs what has changed since, --list tells of it', async () => {
  await run('--record');
  const listed = async () => {
    const { stdout } = await run('--stale', '--list');
    const { cells } = JSON.parse(stdout) as ReturnType<typeof listToJson>;
    return cells.map(({ claim, recorded, reason }) => [claim, recorded, reason]);
  };
  const never = ['fault-taken-away', 'not run', 'no run is recorded yet'];
  expect(await listed()).toEqual([never]);

  await edit(actor, (text) => text.replace('Answers when', 'It answers when'));
  await commit();
  const stale = (claim: string) => [claim, 'stale', 'an actor or what it loads has changed since'];
  expect(await listed()).toEqual([
    stale('polite-works'),
    stale('rude-fails'),
    never,
    stale('false-but-kept'),
  ]);
  await run('--stale', '--record');
  expect((await listed()).map(([claim]) => claim)).toEqual(['fault-taken-away']);
});

test.skipIf(!hasGit)(
  '--repeat tells the conditions of each round, and evidence holds them',
  async () => {
    const { stdout, stderr } = await run('--repeat', '3', '--seed', '7', '--load', '1');
    expect(stderr).toContain('round 2 of 3: 1 at once, shuffled with --seed 7, load 1');
    const { results } = JSON.parse(stdout) as ReturnType<typeof toJson>;
    const polite = results.find(({ claim }) => claim === 'polite-works');
    expect(polite?.evidence?.conditions).toMatchObject([
      { load: 0 },
      { atOnce: 1, seed: 7, load: 1 },
      { seed: 7, load: 0 },
    ]);
    expect(polite?.evidence?.runs).toMatchObject([{ rounds: [1, 2, 3] }]);
    expect(polite?.runs).toEqual({ total: 3, holding: 3 });
  },
);
