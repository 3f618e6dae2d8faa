import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { makeTemporaryFolder } from '../catalog/testing/temporary-folder.ts';

const program = path.join(import.meta.dirname, 'poolproof.mjs');

function repro(args: readonly string[], cwd: string) {
  return execa(process.execPath, [program, 'repro', ...args], { reject: false, cwd });
}

describe('poolproof repro', { timeout: 60_000 }, () => {
  test('writes a folder for the failure and one for the fix', async () => {
    await using folder = await makeTemporaryFolder('repro-cli');
    const { exitCode, stdout, stderr } = await repro(['BUG-073', 'away'], folder.path);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain(path.join('away', 'README.md'));
    const away = path.join(folder.path, 'away');
    expect((await readdir(away)).toSorted()).toEqual(['LICENSE', 'README.md', 'bug', 'fix']);
    const { dependencies } = JSON.parse(
      await readFile(path.join(away, 'bug', 'package.json'), 'utf8'),
    ) as { dependencies: Record<string, string> };
    expect(dependencies).toEqual({ bullmq: '5.80.4' });
  });

  test('takes another claim and another version, and says that it was not run so', async () => {
    await using folder = await makeTemporaryFolder('repro-cli');
    const { exitCode, stderr } = await repro(['73', '.', '--version', '4.18.3'], folder.path);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: 'note: these very files have not been run; the claim has.',
    });
    const text = await readFile(path.join(folder.path, 'bug', 'package.json'), 'utf8');
    expect(text).toContain('"bullmq": "4.18.3"');
  });

  test('--force writes into a folder that is not empty, and leaves what else is there', async () => {
    await using folder = await makeTemporaryFolder('repro-cli');
    await writeFile(path.join(folder.path, 'mine'), 'mine');
    const { exitCode } = await repro(['073', '.', '--force'], folder.path);
    expect(exitCode).toBe(0);
    expect(await readFile(path.join(folder.path, 'mine'), 'utf8')).toBe('mine');
  });

  test.each([
    [['no-such', 'away'], 'expected a bug such as 002'],
    [
      ['011', 'away'],
      'expected a bug that shows without the harness, got BUG-011: it takes its broker away for a while.\nRun it with the harness: poolproof harness 011',
    ],
    [['073', 'full'], 'expected an empty folder, got full with mine in it.'],
    [['073', 'full/mine'], 'expected a folder, got a file: full/mine.'],
    [
      ['073', 'away', '--claim', 'all-later-jobs-fial'],
      'got "all-later-jobs-fial". Did you mean "all-later-jobs-fail"?',
    ],
    [['073', 'away', '--claim', 'fixed-version-works'], 'which is none of them'],
    [
      ['011', 'away', '--claim', 'worker-stays-deaf'],
      'got BUG-011: it takes its broker away for a while',
    ],
    [['073', 'away', '--version', '1.2.3'], 'got "1.2.3". There are: 4.18.3, 5.80.4'],
    [['073'], "missing required argument 'dir'"],
  ])('%j ends with 2 and writes nothing', async (args, message) => {
    await using folder = await makeTemporaryFolder('repro-cli');
    await mkdir(path.join(folder.path, 'full'));
    await writeFile(path.join(folder.path, 'full', 'mine'), 'mine');
    const { exitCode, stdout, stderr } = await repro(args, folder.path);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(await readdir(folder.path, { recursive: true })).toEqual([
      'full',
      path.join('full', 'mine'),
    ]);
  });
});
