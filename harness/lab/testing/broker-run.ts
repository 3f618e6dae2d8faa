import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { vi } from 'vitest';
import { RunFolder } from '../sweep/run-folder.ts';
import { sweepRun } from '../sweep/sweep.ts';

/** A run of a cache of its own, for tests of what is started in one. Disposing of it ends all of that. */
export async function runOfTest(): Promise<{ readonly run: RunFolder } & AsyncDisposable> {
  const cache = await mkdtemp(path.join(os.tmpdir(), 'poolproof-test-'));
  vi.stubEnv('POOLPROOF_CACHE', cache);
  const run = await RunFolder.create();
  return {
    run,
    async [Symbol.asyncDispose]() {
      const left = await sweepRun(run);
      vi.unstubAllEnvs();
      await rm(cache, { recursive: true, force: true, maxRetries: 5 });
      if (left !== undefined) throw new Error(left);
    },
  };
}
