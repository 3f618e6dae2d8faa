import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import type { Evidence } from '../catalog/evidence/schema.ts';
import { folders, projectRoot } from '../catalog/project.ts';
import { hasGit } from '../catalog/testing/git.ts';
import { makeTemporaryFolder } from '../catalog/testing/temporary-folder.ts';

const slug = '010-bullmq-uid-windows';
const recorded = path.join(folders.evidence(projectRoot), slug);

function merge(...args: string[]) {
  const program = path.join(projectRoot, 'cli', 'poolproof.mjs');
  return execa(process.execPath, [program, 'merge', ...args], { reject: false });
}

/** A folder as a machine leaves it, with a file of this repository's evidence, changed. */
async function machine(folder: string, change: (text: string) => string): Promise<string> {
  const [name] = (await readdir(recorded)).filter((one) => one.includes('.linux'));
  if (name === undefined) throw new Error(`expected evidence of Linux in ${recorded}`);
  const target = path.join(folder, 'machine', slug);
  await mkdir(target, { recursive: true });
  const text = await readFile(path.join(recorded, name), 'utf8');
  await writeFile(path.join(target, name), change(text));
  return path.join(folder, 'machine');
}

test.skipIf(!hasGit)('what is in the tree already changes nothing', async () => {
  await using folder = await makeTemporaryFolder('merge');
  await cp(recorded, path.join(folder.path, 'machine', slug), { recursive: true });
  const { exitCode, stdout } = await merge(path.join(folder.path, 'machine'), '--json');
  expect(JSON.parse(stdout)).toMatchObject({ written: [], changes: [], platforms: [] });
  expect(exitCode).toBe(0);
});

test.skipIf(!hasGit)(
  'a damaged file is told with its line, in JSON and in the summary too, and exits with 2',
  async () => {
    await using folder = await makeTemporaryFolder('merge');
    const summary = path.join(folder.path, 'summary.md');
    const from = await machine(folder.path, (text) => text.slice(0, 400));
    const { exitCode, stdout, stderr } = await merge(from, '--json', '--summary', summary);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/\.json:\d+: expected JSON.*\nNothing was merged: 1 fault\./);
    expect(JSON.parse(stdout)).toEqual({
      refused: [
        {
          file: expect.any(String) as string,
          line: expect.any(Number) as number,
          message: expect.stringContaining('JSON') as string,
        },
      ],
    });
    expect(await readFile(summary, 'utf8')).toContain('Nothing was merged.');
  },
);

test.skipIf(!hasGit)(
  'a verdict that turned over exits with 1, and --dry-run writes nothing',
  async ({ skip }) => {
    await using folder = await makeTemporaryFolder('merge');
    const from = await machine(folder.path, (text) => {
      const evidence = JSON.parse(text) as Evidence;
      const runs = evidence.runs.map((run) =>
        'observation' in run
          ? { ...run, observation: { ...run.observation, facts: {}, jobs: [], log: [], exits: [] } }
          : run,
      );
      return JSON.stringify({ ...evidence, runs });
    });
    const before = await execa('git', ['status', '--porcelain', recorded], { cwd: projectRoot });
    const { exitCode, stdout, stderr } = await merge(from, '--dry-run');
    if (stderr.includes('git fetch --unshallow')) skip('the history is not complete here');
    expect(stdout).toMatch(/^turned over: BUG-010 .*: \w+ -> \w+/);
    expect(exitCode).toBe(1);
    const after = await execa('git', ['status', '--porcelain', recorded], { cwd: projectRoot });
    expect(after.stdout).toBe(before.stdout);
  },
);

test.skipIf(!hasGit)(
  'a folder that is not there, and no folder at all, are bad usage',
  async () => {
    const nowhere = await merge('no-such-folder');
    expect(nowhere.stderr).toMatch(/expected a folder of evidence, got no-such-folder.*Type, say:/);
    expect(nowhere.exitCode).toBe(2);
    expect((await merge()).exitCode).toBe(2);
  },
);
