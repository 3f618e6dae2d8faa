import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { projectRoot } from '../../../catalog/project.ts';
import { writeManifest } from '../cache/build-once.ts';
import { installedAs } from '../engines/bullmq/install.ts';

/** A cache folder in which this project's own BullMQ counts as installed, so that nothing is downloaded. */
export async function fixtureCache(): Promise<{ folder: string } & AsyncDisposable> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'poolproof-test-'));
  const engine = path.join(folder, installedAs({ version: '6.7.0' }));
  await mkdir(engine, { recursive: true });
  await symlink(
    path.join(projectRoot, 'node_modules'),
    path.join(engine, 'node_modules'),
    'junction',
  );
  await writeManifest(engine, { bullmq: '6.7.0' });
  return {
    folder,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}
