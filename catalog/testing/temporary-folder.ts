import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

export interface TemporaryFolder extends AsyncDisposable {
  readonly path: string;
}

/** Makes an empty folder, which is removed with everything in it when it is disposed of. */
export async function makeTemporaryFolder(purpose: string): Promise<TemporaryFolder> {
  // mkdtempDisposable came with Node 24.4, and does not wait for Windows.
  const folder = await mkdtemp(path.join(os.tmpdir(), `poolproof-${purpose}-`));
  return {
    path: folder,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}
