import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
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

test('builds once, however many ask at the same time', async () => {
  const build = vi.fn((folder: string) => Promise.resolve({ size: path.basename(folder).length }));
  const asked = await Promise.all([1, 2, 3].map(() => buildOnce('engines/x-1.0.0', build)));
  expect(build).toHaveBeenCalledOnce();
  expect(asked).toEqual(
    Array(3).fill({ folder: path.join(cache, 'engines/x-1.0.0'), manifest: { size: 7 } }),
  );
});

test('a build that broke off does not count, and leaves nothing to the next', async () => {
  const halfMade = async (folder: string) => {
    await writeFile(path.join(folder, 'half'), '');
    throw new Error('no network');
  };
  await expect(buildOnce('x', halfMade)).rejects.toThrow('no network');
  const { folder } = await buildOnce('x', () => Promise.resolve({}));
  expect(existsSync(path.join(folder, 'half'))).toBe(false);
});

test('a folder without a manifest was left by a process that was killed: it is built anew', async () => {
  const { folder } = await buildOnce('x', async (folder) => {
    await writeFile(path.join(folder, 'a'), '');
    return {};
  });
  await rm(`${folder}.json`, { force: true });
  const build = vi.fn(() => Promise.resolve({}));
  await buildOnce('x', build);
  expect(build).toHaveBeenCalledOnce();
  expect(existsSync(path.join(folder, 'a'))).toBe(false);
});
