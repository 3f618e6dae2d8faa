import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { vi } from 'vitest';
import { Workspace } from '../sweep/workspace.ts';
import { sweepWorkspace } from '../sweep/sweep.ts';

/** A run of a cache of its own, for tests of what is started in one. Disposing of it ends all of that. */
export async function workspaceOfTest(): Promise<
  { readonly workspace: Workspace } & AsyncDisposable
> {
  const cache = await mkdtemp(path.join(os.tmpdir(), 'poolproof-test-'));
  vi.stubEnv('POOLPROOF_CACHE', cache);
  const workspace = await Workspace.create();
  return {
    workspace,
    async [Symbol.asyncDispose]() {
      const left = await sweepWorkspace(workspace);
      vi.unstubAllEnvs();
      await rm(cache, { recursive: true, force: true, maxRetries: 5 });
      if (left !== undefined) throw new Error(left);
    },
  };
}
