import {
  appendFile,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  rm,
  stat,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { NotRun } from '../not-run.ts';
import { buildOnce } from './build-once.ts';

let cache: string;
beforeEach(async () => {
  cache = await mkdtemp(path.join(os.tmpdir(), 'poolproof-test-'));
  vi.stubEnv('POOLPROOF_CACHE', cache);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(cache, { recursive: true, force: true, maxRetries: 5 });
});

const quiet = () => undefined;

/** What is built: two files and a manifest. */
async function library(folder: string): Promise<{ size: number }> {
  await mkdir(path.join(folder, 'lib'));
  await writeFile(path.join(folder, 'lib', 'a.py'), 'a = 1');
  await writeFile(path.join(folder, 'python.exe'), 'MZ');
  return { size: 2 };
}

/** Asks for the library again, and tells how often it was built for that and what was said. */
async function buildAgain() {
  const build = vi.fn(library);
  const said: string[] = [];
  const { folder, manifest } = await buildOnce('x', build, (message) => said.push(message));
  return { folder, manifest, built: build.mock.calls.length, said };
}

test('builds once, however many ask at the same time', async () => {
  const build = vi.fn((folder: string) => Promise.resolve({ size: path.basename(folder).length }));
  const asked = await Promise.all([1, 2, 3].map(() => buildOnce('engines/x-1.0.0', build, quiet)));
  expect(build).toHaveBeenCalledOnce();
  expect(asked).toEqual(
    Array(3).fill({ folder: path.join(cache, 'engines/x-1.0.0'), manifest: { size: 7 } }),
  );
});

test('a build that broke off does not count, and leaves nothing', async () => {
  const halfMade = async (folder: string) => {
    await library(folder);
    throw new Error('no network');
  };
  await expect(buildOnce('x', halfMade, quiet)).rejects.toThrow('no network');
  expect(await readdir(cache)).toEqual([]);
  expect(await buildAgain()).toMatchObject({ built: 1, said: [] });
});

describe('what was changed since it was built is built anew:', () => {
  const faults: Record<string, (folder: string) => Promise<void>> = {
    'a manifest that was cut off': async (folder) => truncate(`${folder}.json`, 20),
    'an empty manifest': async (folder) => truncate(`${folder}.json`, 0),
    'the manifest of an older harness': async (folder) =>
      writeFile(`${folder}.json`, '{ "size": 2 }'),
    'a program that was cut off': async (folder) => truncate(path.join(folder, 'python.exe'), 1),
    'a file that was edited': async (folder) => {
      await appendFile(path.join(folder, 'lib', 'a.py'), '\nb = 2');
    },
    'a program of the same size': async (folder) => {
      await writeFile(path.join(folder, 'python.exe'), 'ZM');
      await utimes(path.join(folder, 'python.exe'), 1, 1);
    },
    'a file that is missing': async (folder) => rm(path.join(folder, 'lib', 'a.py')),
    'a file that is none of ours': async (folder) => writeFile(path.join(folder, 'c.py'), ''),
    'a folder that is half gone': async (folder) =>
      rm(path.join(folder, 'lib'), { recursive: true, maxRetries: 5 }),
    'a folder that is gone': async (folder) => rm(folder, { recursive: true, maxRetries: 5 }),
  };

  test.each(Object.entries(faults))('%s', async (_fault, impose) => {
    const { folder } = await buildAgain();
    expect(await buildAgain()).toMatchObject({ built: 0, manifest: { size: 2 }, said: [] });
    await impose(folder);
    expect(await buildAgain()).toMatchObject({
      built: 1,
      manifest: { size: 2 },
      said: [`${folder} is not as it was built: building it anew`],
    });
    expect((await readdir(folder, { recursive: true })).sort()).toEqual([
      'lib',
      path.join('lib', 'a.py'),
      'python.exe',
    ]);
    expect(await buildAgain()).toMatchObject({ built: 0 });
  });

  test('and when that fails, it says so and what is missing', async () => {
    const { folder } = await buildAgain();
    await truncate(path.join(folder, 'python.exe'), 0);
    const offline = () => Promise.reject(new NotRun('Maven Central cannot be reached'));
    await expect(buildOnce('x', offline, quiet)).rejects.toThrow(
      `${folder} is not as it was built, so it was removed; Maven Central cannot be reached`,
    );
    expect(existsSync(folder)).toBe(false);
  });
});

describe('what counts as it was built:', () => {
  test('a copy, though its files are of another time', async () => {
    const { folder } = await buildAgain();
    await cp(folder, `${folder}-copy`, { recursive: true });
    await rm(folder, { recursive: true, maxRetries: 5 });
    await cp(`${folder}-copy`, folder, { recursive: true });
    const later = (await stat(path.join(folder, 'python.exe'))).mtimeMs / 1000 + 60;
    await utimes(path.join(folder, 'python.exe'), later, later);
    expect(await buildAgain()).toMatchObject({ built: 0 });
  });

  test('modules that a program has compiled since', async () => {
    const { folder } = await buildAgain();
    await mkdir(path.join(folder, 'lib', '__pycache__'));
    await writeFile(path.join(folder, 'lib', '__pycache__', 'a.pyc'), '');
    expect(await buildAgain()).toMatchObject({ built: 0 });
  });
});

describe('a process that was killed while it built', () => {
  test('left a folder without a manifest, which is built anew', async () => {
    const { folder } = await buildAgain();
    await rm(`${folder}.json`);
    expect(await buildAgain()).toMatchObject({ built: 1, said: [] });
  });

  test('left a lock, which counts no more after some seconds', async () => {
    const lock = path.join(cache, 'x.lock');
    await mkdir(lock);
    const elevenSecondsAgo = Date.now() / 1000 - 11;
    await utimes(lock, elevenSecondsAgo, elevenSecondsAgo);
    expect(await buildAgain()).toMatchObject({ built: 1, said: [] });
    expect(existsSync(lock)).toBe(false);
  });

  test('and until then, the next one says that it waits', async () => {
    const lock = path.join(cache, 'x.lock');
    await mkdir(lock);
    const nineSecondsAgo = Date.now() / 1000 - 9;
    await utimes(lock, nineSecondsAgo, nineSecondsAgo);
    const { built, folder, said } = await buildAgain();
    expect(built).toBe(1);
    expect(said).toEqual([`waiting for another run that builds ${folder}`]);
  });
});
