import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { folders } from '../../catalog/project.ts';
import { accidentProject } from '../fixtures/accidents/project.ts';
import { fixtureHarness } from '../fixtures/project.ts';
import { fixtureCache } from '../lab/testing/fixture-cache.ts';
import type { toJson } from '../report/json.ts';

let cache: Awaited<ReturnType<typeof fixtureCache>>;
let project: Awaited<ReturnType<typeof accidentProject>>;
let all: Awaited<ReturnType<typeof run>>;
beforeAll(async () => {
  cache = await fixtureCache();
  project = await accidentProject(['917-without-a-scenario']);
  await writeFile(
    path.join(folders.bugs(project.root), '918-unfinished.mdx'),
    '---\nid: BUG-918\n',
  );
  all = await run();
});
afterAll(async () => {
  await project[Symbol.asyncDispose]();
  await cache[Symbol.asyncDispose]();
});

async function run(...args: string[]) {
  const { stdout, stderr, exitCode } = await execa(...fixtureHarness(project.root, ...args), {
    env: { POOLPROOF_CACHE: cache.folder },
    reject: false,
  });
  const { results, summary } = JSON.parse(stdout) as ReturnType<typeof toJson>;
  const told = results.map(({ bug, claim, verdict }) => `${bug} ${claim} ${verdict}`);
  return { results, summary, told, stderr, exitCode };
}

function reasonOf(bug: string, claim = 'works'): string {
  return all.results.find((one) => one.bug === bug && one.claim === claim)?.reason ?? '';
}

describe('an accident costs its own bug alone', () => {
  test('the bug in which nothing is amiss comes out', () => {
    expect(all.told).toContain('BUG-911 works confirmed');
    expect(all.told).toContain('BUG-911 fails confirmed');
  });

  test.each([
    ['BUG-912', 'a rejection that nobody handles', 'nobody waits for this'],
    ['BUG-913', 'an exception in a timer', 'nobody catches this'],
    ['BUG-914', 'process.exit', 'process.exit unexpectedly called'],
    ['BUG-915', 'a module that does not load', 'this module does not load'],
    ['BUG-916', 'process.exit in a timer', 'process.exit unexpectedly called'],
    ['BUG-917', 'a scenario that is missing', '917-without-a-scenario/scenario.ts is missing'],
  ])('%s: %s makes its claims unknown', (bug, _what, message) => {
    expect(all.told).toContain(`${bug} works unknown`);
    expect(all.told).toContain(`${bug} fails unknown`);
    expect(reasonOf(bug)).toContain(message);
    expect(reasonOf(bug, 'fails')).toContain(message);
  });

  test('each selected claim has a result, in the table too', () => {
    expect(all.summary).toMatchObject({ confirmed: 2, unknown: 12 });
    expect(all.stderr).toContain('BUG-911 works');
    expect(all.stderr).toContain('BUG-913 works');
  });

  test('JUnit tells of each claim', async () => {
    const junit = await readFile(path.join(project.root, '.vitest/harness/junit.xml'), 'utf8');
    expect(junit.match(/<testcase /g)).toHaveLength(14);
    expect(junit.match(/<failure /g)).toHaveLength(12);
    expect(junit).toContain('nobody waits for this');
  });
});

describe('a write-up that cannot be used', () => {
  test('is told of, the others run, and the exit is 2', () => {
    expect(all.stderr).toMatch(/error: .*918-unfinished\.mdx:1:1: expected frontmatter/);
    expect(all.exitCode).toBe(2);
  });

  test('does not stop another that is asked for', async () => {
    const { told, exitCode } = await run('911');
    expect(told).toEqual(['BUG-911 works confirmed', 'BUG-911 fails confirmed']);
    expect(exitCode).toBe(2);
  });

  test('and is asked for itself: nothing runs', async () => {
    expect(await run('918')).toMatchObject({ told: [], exitCode: 2 });
  });
});
