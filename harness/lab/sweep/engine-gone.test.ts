import { mkdtemp, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Workspace } from './workspace.ts';
import { sweepAbandoned, sweepWorkspace } from './sweep.ts';

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
  const workspace = await Workspace.create();
  const work = await workspace.makeWorkFolder();
  workspace.noteContainers();
  const left = await sweepWorkspace(workspace);
  expect(left).toContain(`the next start tries again, unless you remove ${workspace.folder}`);
  expect(left).toContain('no Docker engine answers at DOCKER_HOST=unix:///nowhere/docker.sock');
  expect(existsSync(work)).toBe(false);
  expect(workspace.hasContainers).toBe(true);
  expect(await sweepAbandoned()).toBe(0);
});

test('one without containers does not need it', async () => {
  const workspace = await Workspace.create();
  expect(await sweepWorkspace(workspace)).toBeUndefined();
  expect(existsSync(workspace.folder)).toBe(false);
});
