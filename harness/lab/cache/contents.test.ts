import { existsSync } from 'node:fs';
import { link, symlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { makeTemporaryFolder } from '../../../catalog/testing/temporary-folder.ts';
import { buildOnce } from './build-once.ts';
import { cacheEntries, removeEntry } from './contents.ts';

const quiet = () => undefined;

/** Builds something with a file of its own and one that it shares. */
function build(name: string, shared: string) {
  const make = async (folder: string) => {
    await writeFile(path.join(folder, 'own'), Buffer.alloc(1000));
    await link(shared, path.join(folder, 'shared'));
    // As the drives of Wine: what a link leads to is not in the cache.
    await symlink(path.dirname(shared), path.join(folder, 'elsewhere'), 'junction');
    return {};
  };
  return buildOnce(`engines/${name}`, make, quiet);
}

test('what was built is listed with what its removal frees, and what was used last at the end', async () => {
  await using cache = await makeTemporaryFolder('cache');
  vi.stubEnv('POOLPROOF_CACHE', cache.path);
  expect(cacheEntries()).toEqual([]);
  const shared = path.join(cache.path, 'file');
  await writeFile(shared, Buffer.alloc(5000));
  const old = await build('old', shared);
  await build('new', shared);
  await utimes(`${old.folder}.json`, new Date('2026-01-01'), new Date('2026-01-01'));
  expect(cacheEntries()).toMatchObject([
    { name: 'engines/old', bytes: 1000, lastUsed: new Date('2026-01-01') },
    { name: 'engines/new', bytes: 1000 },
  ]);

  const before = Date.now();
  await build('old', shared);
  const used = cacheEntries().find(({ name }) => name === 'engines/old');
  expect(used?.lastUsed.getTime()).toBeGreaterThanOrEqual(before - 1000);
});

test('what is removed is built anew, and what is just being built stays', async () => {
  await using cache = await makeTemporaryFolder('cache');
  vi.stubEnv('POOLPROOF_CACHE', cache.path);
  const shared = path.join(cache.path, 'file');
  await writeFile(shared, '');
  const { folder } = await build('one', shared);
  const [entry] = cacheEntries();
  if (entry === undefined) throw new Error('Nothing was listed.');
  const building = buildOnce('engines/one', () => Promise.reject(new Error('it is whole')), quiet);
  await building;
  expect(await removeEntry(entry)).toBe(true);
  expect(existsSync(folder)).toBe(false);
  expect(cacheEntries()).toEqual([]);

  let finish: () => void = quiet;
  const slow = buildOnce(
    'engines/one',
    async () => {
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      return {};
    },
    quiet,
  );
  await expect.poll(() => finish !== quiet).toBe(true);
  expect(await removeEntry(entry)).toBe(false);
  finish();
  await slow;
  expect(existsSync(folder)).toBe(true);
});

test('what is behind a link is not counted, nor looked for', async () => {
  await using cache = await makeTemporaryFolder('cache');
  await using elsewhere = await makeTemporaryFolder('elsewhere');
  vi.stubEnv('POOLPROOF_CACHE', cache.path);
  await writeFile(path.join(elsewhere.path, 'large'), Buffer.alloc(100_000));
  const make = async (folder: string) => {
    await writeFile(path.join(folder, 'own'), Buffer.alloc(1000));
    await symlink(elsewhere.path, path.join(folder, 'drive'), 'junction');
    // As a prefix of Wine has one to the root of the machine, which holds the prefix.
    await symlink(cache.path, path.join(folder, 'machine'), 'junction');
    return {};
  };
  await buildOnce('wine/prefix', make, quiet);
  expect(cacheEntries()).toMatchObject([{ name: 'wine/prefix', bytes: 1000 }]);
});
