import { afterEach, expect, test, vi } from 'vitest';
import { NotRun } from '../not-run.ts';
import { orSkip } from '../testing/or-skip.ts';
import { pathWith } from '../testing/path-with.ts';
import { findPython } from './python.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

test('a Python that was found is not taken where the PATH has none', async ({ skip }) => {
  const found = await orSkip(skip, findPython());
  await using nothing = await pathWith({});
  vi.stubEnv('PATH', nothing.folder);
  await expect(findPython()).rejects.toThrow(NotRun);
  vi.unstubAllEnvs();
  expect(await findPython()).toEqual(found);
});
