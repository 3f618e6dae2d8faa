import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Cell } from '../../catalog/evidence/schema.ts';
import { pathWith } from '../lab/testing/path-with.ts';
import { warmCache } from '../lab/testing/warm-cache.ts';
import { orSkip, resultsIn, startOnWine, wineFolders } from './wine-harness.ts';
import { NotRun } from '../lab/not-run.ts';
import { wine } from '../lab/platforms/wine/wine.ts';

vi.setConfig({ testTimeout: 300_000 });
afterEach(() => {
  vi.unstubAllEnvs();
});

const nowhere = 'unix:///nowhere/docker.sock';
const cell: Cell = {
  engine: 'celery',
  version: '5.7.0',
  pool: 'solo',
  platform: 'wine',
  launch: 'plain',
};

let host: string[] | NotRun;
beforeAll(async () => {
  host = await wineFolders('host');
}, 1_200_000);

interface Machine {
  /** What is in the cache. */
  readonly warm?: readonly string[];
  readonly programs?: Parameters<typeof pathWith>[0];
}

/** Runs the fixture `wine` on a machine with nothing in its cache and no programs. */
async function runWithNothing(...args: string[]) {
  await using cache = await warmCache([]);
  await using there = await pathWith({});
  const env = { POOLPROOF_CACHE: cache.folder, DOCKER_HOST: nowhere, PATH: there.folder };
  const { stdout, exitCode } = await startOnWine('wine', env, ...args);
  return {
    exitCode,
    result: resultsIn(stdout)['without-works'],
    left: built(cache.folder),
  };
}

/** Makes a cell ready on a machine without Docker, with these programs and no others. */
async function prepareWith({ warm = [], programs = {} }: Machine) {
  await using cache = await warmCache(warm);
  await using there = await pathWith(programs);
  vi.stubEnv('POOLPROOF_CACHE', cache.folder);
  vi.stubEnv('DOCKER_HOST', nowhere);
  vi.stubEnv('PATH', there.folder);
  const reason = await wine
    .prepare(cell, () => undefined)
    .then(
      () => 'all is there',
      (error: unknown) =>
        error instanceof NotRun ? error.message : Promise.reject(error as Error),
    );
  return { reason, left: built(cache.folder) };
}

/** What a next run would take. */
function built(cache: string): string[] {
  return ['wine', 'windows']
    .map((name) => path.join(cache, name))
    .flatMap((folder) => (existsSync(folder) ? readdirSync(folder) : []));
}

describe('without Wine and without Docker', () => {
  test('nothing is run or fetched, and it is said what to install', async () => {
    const { result, exitCode, left } = await runWithNothing();
    expect(result?.verdict).toBe('not run');
    expect(result?.reason).toContain('there is no Wine here (Debian: apt-get install wine wine64)');
    expect(result?.reason).toContain(`no Docker engine answers at DOCKER_HOST=${nowhere}`);
    expect(exitCode).toBe(0);
    expect(left).toEqual([]);
  });

  test('that is a failure for who requires a run', async () => {
    expect((await runWithNothing('--require-run')).exitCode).toBe(1);
  });
});

describe('a Wine that cannot be used is as good as none:', () => {
  const words = 'could not load ntdll.so';
  test.each([
    ['it breaks', `echo "${words}" >&2; exit 1`, `\`wine --version\` ended with code 1: ${words}`],
    ['it hangs', 'exec sleep 1000', '`wine --version` had not answered after 10 s'],
    [
      'it says its version and no more',
      '[ "$1" = --version ] && echo wine-8.0 && exit; exit 3',
      "Wine's make-template failed",
    ],
  ])('%s', async (_name, script, expected) => {
    const scripts = { wine: script, wineboot: 'exit 3', wineserver: 'exit 1' };
    const { reason, left } = await prepareWith({ programs: { of: ['sh', 'sleep'], scripts } });
    expect(reason).toContain(expected);
    expect(reason).toContain('and none in a container: no Docker engine answers');
    expect(left).toEqual([]);
  });
});

describe('of what is not in the cache it is said what it takes to get it:', () => {
  const of = ['sh', 'wine'];
  test.for([
    [
      'the redirector',
      'redirector',
      'the redirector of virtual environments is not in the cache, and getting it needs MinGW-w64 (Debian: apt-get install gcc-mingw-w64-x86-64)',
    ],
    [
      'Python',
      'windows/python',
      'Python 3.11.3 for Windows is not in the cache, and getting it needs Maven (Debian: apt-get install maven)',
    ],
    [
      'the wheels',
      'windows/celery',
      'no Python 3 with the venv module; install it (Debian: apt-get install python3-venv',
    ],
  ])('%s', async ([, cold = '', expected = ''], context) => {
    const folders = orSkip(host, context);
    const warm = folders.filter((folder) => !folder.includes(cold));
    expect(warm).toHaveLength(folders.length - 1);
    const { reason } = await prepareWith({ warm, programs: { of } });
    expect(reason).toContain(expected);
  });

  test('nothing, when all of it is: then no package manager is needed', async (context) => {
    const warm = orSkip(host, context);
    expect(await prepareWith({ warm, programs: { of } })).toMatchObject({ reason: 'all is there' });
  });
});
