import { existsSync } from 'node:fs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { NotRun } from '../not-run.ts';
import { fixtureCache } from '../testing/fixture-cache.ts';
import { sweepWorkspace } from './sweep.ts';
import { Workspace } from './workspace.ts';

let cache: Awaited<ReturnType<typeof fixtureCache>>;
beforeEach(async () => {
  cache = await fixtureCache();
  vi.stubEnv('POOLPROOF_CACHE', cache.folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await cache[Symbol.asyncDispose]();
});

const makers: [string, (workspace: Workspace) => Promise<unknown>][] = [
  ['a work folder', (workspace) => workspace.makeWorkFolder()],
  ['a Wine prefix', (workspace) => workspace.makePrefix()],
  ['the note of a prefix', (workspace) => workspace.notePrefix(cache.folder)],
];

test.for(makers)('%s is made, and not any more once the workspace was swept', async ([, make]) => {
  const workspace = await Workspace.create();
  await make(workspace);
  await make(workspace);
  expect(await sweepWorkspace(workspace)).toBeUndefined();
  await expect(make(workspace)).rejects.toThrow(NotRun);
  expect(existsSync(workspace.folder)).toBe(false);
});
