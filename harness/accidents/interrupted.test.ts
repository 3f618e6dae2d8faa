import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import pWaitFor from 'p-wait-for';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { whyNoSignals } from '../../worker/testing/signals.ts';
import { fixtureCache } from '../lab/testing/fixture-cache.ts';
import { fixtureHarness, fixtureProject } from '../fixtures/project.ts';
import { forgetEnded } from '../lab/sweep/forget-ended.ts';
import { family, killTrees } from '../lab/sweep/kill-tree.ts';
import { processTable, startOf, type ProcessEntry } from '../lab/sweep/process-table.ts';
import { Workspace } from '../lab/sweep/workspace.ts';
import { sweepAbandoned, sweepWorkspace } from '../lab/sweep/sweep.ts';

let cache: Awaited<ReturnType<typeof fixtureCache>>;
beforeEach(async () => {
  cache = await fixtureCache();
  vi.stubEnv('POOLPROOF_CACHE', cache.folder);
});
afterEach(async () => {
  await sweepAbandoned();
  vi.unstubAllEnvs();
  await cache[Symbol.asyncDispose]();
});

/** Starts a harness whose scenarios hang, and waits until both programs and their children run. */
async function startHangingHarness() {
  const runner = execa(...fixtureHarness(fixtureProject('hanging')), {
    env: { POOLPROOF_CACHE: cache.folder },
    reject: false,
  });
  const started = await pWaitFor(
    async () => {
      const programs = await familyOfRuns();
      return programs.length >= 4 && pWaitFor.resolveWith(programs);
    },
    { timeout: 60_000, interval: 50 },
  );
  return { runner, started };
}

async function familyOfRuns(): Promise<ProcessEntry[]> {
  const runs = await Workspace.all();
  return family(
    await processTable(),
    runs.flatMap((workspace) => workspace.processes()),
  );
}

async function stillRunning(processes: readonly ProcessEntry[]): Promise<number[]> {
  const table = await processTable();
  return processes
    .filter(({ pid, started }) => table.some((now) => now.pid === pid && now.started === started))
    .map(({ pid }) => pid);
}

test.for(['SIGINT', 'SIGTERM'] as const)('%s leaves nothing behind', async (signal, { skip }) => {
  if (whyNoSignals !== undefined) skip(whyNoSignals);
  const { runner, started } = await startHangingHarness();
  expect(await stillRunning(started)).toHaveLength(started.length);
  runner.kill(signal);
  const { exitCode } = await runner;
  expect(exitCode).toBe(signal === 'SIGINT' ? 130 : 143);
  expect(await stillRunning(started)).toEqual([]);
  expect(await readdir(path.join(cache.folder, 'runs'))).toEqual([]);
});

test('kill -9 leaves nothing behind once the next run has started', async () => {
  const { runner, started } = await startHangingHarness();
  runner.kill('SIGKILL');
  await runner;
  expect(await stillRunning(started)).toHaveLength(started.length);
  const { stderr } = await execa(...fixtureHarness(fixtureProject('plain')), {
    env: { POOLPROOF_CACHE: cache.folder },
    reject: false,
  });
  expect(stderr).toContain('swept what 1 interrupted run(s) had left');
  expect(await stillRunning(started)).toEqual([]);
  expect(await readdir(path.join(cache.folder, 'runs'))).toEqual([]);
});

test('a run whose runner lives is left alone', async () => {
  const { runner, started } = await startHangingHarness();
  expect(await sweepAbandoned()).toBe(0);
  expect(await stillRunning(started)).toHaveLength(started.length);
  runner.kill('SIGKILL');
  await runner;
});

test('a pid that was given to another process is never killed', async () => {
  await using bystander = await startBystander();
  await killTrees([{ pid: bystander.pid, started: 'at another time' }]);
  expect(await startOf(bystander.pid)).toBe(bystander.started);
  // The control: by its right name it is killed.
  await killTrees([bystander]);
  expect(await startOf(bystander.pid)).toBeUndefined();
});

test('a program is forgotten once nothing of it is left', async () => {
  const workspace = await Workspace.create();
  {
    await using program = await startBystander();
    await workspace.register(program.pid);
    await forgetEnded(workspace);
    expect(workspace.processes()).toHaveLength(1);
  }
  await forgetEnded(workspace);
  expect(workspace.processes()).toEqual([]);
  await sweepWorkspace(workspace);
});

test('a group whose leader is gone still belongs to it', () => {
  const table = [
    { pid: 1, parent: 0, group: 1, started: 'a' },
    { pid: 11, parent: 1, group: 10, started: 'c' },
    { pid: 12, parent: 11, group: 12, started: 'd' },
    { pid: 20, parent: 1, group: 20, started: 'e' },
  ];
  const pids = family(table, [{ pid: 10, started: 'b' }]).map(({ pid }) => pid);
  expect(pids).toEqual([11, 12]);
});

describe('on Windows, which has no groups and keeps the pid of a parent that is gone', () => {
  const root = { pid: 10, started: '500' };
  const at = (pid: number, parent: number, started: string) => ({ pid, parent, group: 0, started });

  test('the children of a root that is gone are found, and what they started', () => {
    const table = [at(11, 10, '501'), at(12, 11, '502'), at(20, 1, '503')];
    expect(family(table, [root]).map(({ pid }) => pid)).toEqual([11, 12]);
  });

  test('a process older than the root had another parent of that pid', () => {
    const older = at(21, 10, '499');
    expect(family([older, at(22, 21, '600')], [root])).toEqual([]);
    expect(family([at(10, 1, '500'), older], [root]).map(({ pid }) => pid)).toEqual([10]);
  });

  test('nobody is taken for a child of a root that was never seen', () => {
    expect(family([at(11, 10, '501')], [{ pid: 10, started: '' }])).toEqual([]);
  });
});

async function startBystander() {
  const child = execa(process.execPath, ['-e', 'setInterval(() => undefined, 60_000)'], {
    reject: false,
    detached: process.platform !== 'win32',
  });
  const pid = child.pid ?? 0;
  const started = (await startOf(pid)) ?? '';
  return {
    pid,
    started,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await child;
    },
  };
}
