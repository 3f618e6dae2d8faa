import { beforeAll, expect, test, vi, type TestContext } from 'vitest';
import { pathWith } from '../lab/testing/path-with.ts';
import { warmCache } from '../lab/testing/warm-cache.ts';
import { evidenceIn, orSkip, resultsIn, startOnWine, wineFolders } from './wine-harness.ts';
import type { NotRun } from '../lab/not-run.ts';

vi.setConfig({ testTimeout: 300_000 });

const needed = {} as Record<'host' | 'container', string[] | NotRun>;
beforeAll(async () => {
  needed.host = await wineFolders('host');
  needed.container = await wineFolders('container');
}, 1_200_000);

/** Runs the fixture `wine`. */
async function run(
  where: 'host' | 'container',
  context: TestContext,
  env: Readonly<Record<string, string>> = {},
) {
  const folders = orSkip(needed[where], context);
  await using cache = await warmCache(folders, where === 'host' ? 'symlinks' : 'copies');
  return await startOnWine('wine', { POOLPROOF_CACHE: cache.folder, ...env });
}

test('without Wine and with Docker, a container is used', async (context) => {
  await using programs = await pathWith({});
  const { stdout, stderr } = await run('container', context, { PATH: programs.folder });
  expect(resultsIn(stdout)['without-works']).toMatchObject({ verdict: 'confirmed' });
  expect(stderr).toContain('trying Wine in a container (there is no Wine here');
});

test('evidence of both tells the same: Wine, its Windows, and the interpreter to the bit', async (context) => {
  const [here, inside] = [
    await run('host', context),
    await run('container', context, { POOLPROOF_WINE: 'container' }),
  ].map(({ stdout }) => evidenceIn(stdout)['without-works']);
  for (const evidence of [here, inside]) {
    expect(evidence?.cell.platform).toBe('wine');
    expect(evidence?.versions).toMatchObject({
      wine: expect.stringMatching(/^wine-\d/) as string,
      windows: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string,
      python: '3.11.3',
      'python jar sha256': expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      celery: '5.7.0',
    });
  }
  expect(Object.keys(inside?.versions ?? {})).toEqual(Object.keys(here?.versions ?? {}));
  expect(inside?.commands).toEqual(here?.commands);
});
