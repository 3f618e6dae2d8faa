import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import pWaitFor from 'p-wait-for';
import { beforeAll, describe, expect, test, vi, type TestContext } from 'vitest';
import { connectDocker } from '../lab/docker/engine.ts';
import { dockerProxy, type DockerProxy } from '../lab/testing/docker-proxy.ts';
import { fixtureHarness, fixtureProject } from '../fixtures/project.ts';
import { mountTmpfs } from '../lab/testing/tmpfs.ts';
import { programsAbout } from '../lab/testing/programs-about.ts';
import { warmCache } from '../lab/testing/warm-cache.ts';
import { orSkip, resultsIn, startOnWine, wineFolders } from './wine-harness.ts';
import type { NotRun } from '../lab/not-run.ts';
import { runLabel } from '../lab/sweep/containers.ts';

/*
 * What may happen to a run while it goes on. The fixture's claim "waits" expects a failure of no particular
 * kind, so every accident would confirm it: a program that waits, with a child that left its family.
 */

// A busy machine takes a minute to get a container of Wine going.
vi.setConfig({ testTimeout: 300_000 });

type Where = 'host' | 'container';

const needed = {} as Record<Where, string[] | NotRun>;
beforeAll(async () => {
  needed.host = await wineFolders('host');
  needed.container = await wineFolders('container');
}, 1_200_000);

/** Starts the fixture and waits until its program and the child are there. */
async function startWaiting(where: Where, context: TestContext, more: More = {}) {
  const folders = orSkip(needed[where], context);
  const { docker, parent } = more;
  const cache = await warmCache(folders, where === 'host' ? 'symlinks' : 'copies', parent);
  const env = {
    POOLPROOF_CACHE: cache.folder,
    POOLPROOF_WINE: where === 'host' ? '' : 'container',
    ...(docker && { DOCKER_HOST: docker.host }),
  };
  const runner = startOnWine('faults', env);
  // It has nothing to run, since Wine is not asked for.
  const next = () => execa(...fixtureHarness(fixtureProject('wine')), { env });
  const runs = () => readdir(path.join(cache.folder, 'runs'));
  const dispose = async () => {
    runner.kill('SIGTERM');
    await runner;
    if ((await runs()).length > 0) await next();
    await cache[Symbol.asyncDispose]();
  };
  try {
    await pWaitFor(
      () => programsAbout(cache.folder).some((command) => command.includes('wait_alone')),
      { timeout: 100_000, interval: 50 },
    );
  } catch (error) {
    await dispose();
    throw new Error((await runner).stderr, { cause: error });
  }
  return {
    runner,
    cache: cache.folder,
    runs,
    /** The next start of a harness with this cache. */
    next,
    [Symbol.asyncDispose]: dispose,
  };
}

interface More {
  readonly docker?: DockerProxy;
  /** The folder in which the cache is made. Default: the system's for temporary files. */
  readonly parent?: string;
}

async function containersOf(runs: readonly string[]): Promise<number> {
  const { dockerode } = (await connectDocker()).container;
  const filters = { label: [runLabel] };
  const all = await dockerode.listContainers({ all: true, filters });
  return all.filter(({ Labels }) => runs.includes(Labels[runLabel] ?? '')).length;
}

describe('on this machine', () => {
  test('without an accident the claim is confirmed, and what it started is gone', async (context) => {
    await using started = await startWaiting('host', context);
    const { stdout, exitCode } = await started.runner;
    expect(resultsIn(stdout)).toMatchObject({
      waits: { verdict: 'confirmed' },
      'ends-at-once': { verdict: 'confirmed' },
    });
    expect(exitCode).toBe(0);
    expect(programsAbout(started.cache)).toEqual([]);
    expect(await started.runs()).toEqual([]);
  });

  test('Wine is switched off', async (context) => {
    await using started = await startWaiting('host', context);
    for (const run of await started.runs()) {
      const prefixes = path.join(started.cache, 'runs', run, 'prefixes');
      for (const name of await readdir(prefixes)) {
        const prefix = path.join(prefixes, name);
        const env = { WINEPREFIX: prefix, TMPDIR: prefix };
        await execa('wineserver', ['--kill'], { env, reject: false });
      }
    }
    const { stdout } = await started.runner;
    expect(resultsIn(stdout).waits).toEqual({
      verdict: 'not run',
      reason: 'Wine was switched off in the middle of the run',
    });
    expect(programsAbout(started.cache)).toEqual([]);
  });

  test('the disk becomes full', async (context) => {
    await using disk = await mountTmpfs('40m', context);
    await using started = await startWaiting('host', context, { parent: disk.folder });
    await disk.fill();
    const { stdout } = await started.runner;
    const { waits } = resultsIn(stdout);
    expect(waits?.verdict).toBe('not run');
    expect(waits?.reason).toMatch(/^the disk of .* is full; free some space/);
    expect(programsAbout(started.cache)).toEqual([]);
    expect(await started.runs()).toEqual([]);
  });

  test('Ctrl-C', async (context) => {
    await using started = await startWaiting('host', context);
    started.runner.kill('SIGINT');
    expect((await started.runner).exitCode).toBe(130);
    expect(programsAbout(started.cache)).toEqual([]);
    expect(await started.runs()).toEqual([]);
  });

  test('kill -9, and the next start', async (context) => {
    await using started = await startWaiting('host', context);
    started.runner.kill('SIGKILL');
    await started.runner;
    expect(programsAbout(started.cache)).not.toEqual([]);
    const { stderr } = await started.next();
    expect(stderr).toContain('swept what 1 interrupted run(s) had left');
    expect(programsAbout(started.cache)).toEqual([]);
    expect(await started.runs()).toEqual([]);
  });
});

describe('in a container', () => {
  test('Ctrl-C', async (context) => {
    await using started = await startWaiting('container', context);
    const runs = await started.runs();
    expect(await containersOf(runs)).toBeGreaterThan(0);
    started.runner.kill('SIGINT');
    expect((await started.runner).exitCode).toBe(130);
    expect(await containersOf(runs)).toBe(0);
    expect(programsAbout(started.cache)).toEqual([]);
    expect(await started.runs()).toEqual([]);
  });

  test('kill -9, and the next start', async (context) => {
    await using started = await startWaiting('container', context);
    const runs = await started.runs();
    started.runner.kill('SIGKILL');
    await started.runner;
    expect(await containersOf(runs)).toBeGreaterThan(0);
    expect((await started.next()).stderr).toContain('swept what 1 interrupted run(s) had left');
    expect(await containersOf(runs)).toBe(0);
    expect(programsAbout(started.cache)).toEqual([]);
    expect(await started.runs()).toEqual([]);
  });

  test('Docker is stopped: what cannot be removed is remembered until Docker is back', async (context) => {
    await using docker = await dockerProxy();
    await using started = await startWaiting('container', context, { docker });
    const runs = await started.runs();
    await docker.stop();
    const { stdout, stderr, exitCode } = await started.runner;
    const { waits } = resultsIn(stdout);
    expect(waits?.verdict).toBe('not run');
    expect(waits?.reason).toContain('the Docker engine stopped answering in the middle of the run');
    expect(exitCode).toBe(0);
    expect(stderr).toContain('the next start tries again');
    expect(await started.runs()).toEqual(runs);

    expect((await started.next()).stderr).toContain('the next start tries again');
    expect(await started.runs()).toEqual(runs);
    expect(await containersOf(runs)).toBeGreaterThan(0);

    await docker.start();
    expect((await started.next()).stderr).toContain('swept what 1 interrupted run(s) had left');
    expect(await started.runs()).toEqual([]);
    expect(await containersOf(runs)).toBe(0);
    expect(programsAbout(started.cache)).toEqual([]);
  });

  test('Docker hangs', async (context) => {
    await using docker = await dockerProxy();
    await using started = await startWaiting('container', context, { docker });
    docker.hang();
    const { stdout } = await started.runner;
    const { waits } = resultsIn(stdout);
    expect(waits?.verdict).toBe('not run');
    expect(waits?.reason).toContain('the Docker engine stopped answering in the middle of the run');
    await docker.stop();
    await docker.start();
    await started.next();
    expect(programsAbout(started.cache)).toEqual([]);
  });
});
