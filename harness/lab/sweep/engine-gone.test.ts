import { mkdtemp, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RunFolder } from './run-folder.ts';
import { sweepAbandonedRuns, sweepRun } from './sweep.ts';

let cache: string;
beforeEach(async () => {
  cache = await mkdtemp(path.join(os.tmpdir(), 'poolproof-test-'));
  vi.stubEnv('POOLPROOF_CACHE', cache);
  vi.stubEnv('DOCKER_HOST', 'unix:///nowhere/docker.sock');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(cache, { recursive: true, force: true, maxRetries: 5 });
});

test('a run with containers is remembered while no Docker engine answers, and stops nobody', async () => {
  const run = await RunFolder.create();
  const work = await run.makeWorkFolder();
  run.noteContainers();
  const left = await sweepRun(run);
  expect(left).toContain(`the next start tries again, unless you remove ${run.folder}`);
  expect(left).toContain('no Docker engine answers at DOCKER_HOST=unix:///nowhere/docker.sock');
  expect(existsSync(work)).toBe(false);
  expect(run.hasContainers).toBe(true);
  expect(await sweepAbandonedRuns()).toBe(0);
});

test('one without containers does not need it', async () => {
  const run = await RunFolder.create();
  expect(await sweepRun(run)).toBeUndefined();
  expect(existsSync(run.folder)).toBe(false);
});
