import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { lock } from 'proper-lockfile';
import { cacheFolder } from './folder.ts';

export interface Built<Manifest> {
  readonly folder: string;
  readonly manifest: Manifest;
}

/**
 * Returns a folder of the cache, building it if it is not there whole. The manifest that `build`
 * returns is written last and under another name first, so an interrupted build never counts; two
 * runs never build the same folder.
 *
 * @param name the folder below the cache, such as `celery/5.6.1-abc`: everything the content depends on.
 * @throws what `build` throws; the next call starts afresh.
 */
export async function buildOnce<Manifest>(
  name: string,
  build: (folder: string) => Promise<Manifest>,
): Promise<Built<Manifest>> {
  const folder = path.join(cacheFolder(), name);
  const manifestFile = `${folder}.json`;
  const built = await readManifest<Manifest>(manifestFile);
  if (built !== undefined) return { folder, manifest: built };

  await mkdir(path.dirname(folder), { recursive: true });
  const release = await lock(folder, {
    realpath: false,
    retries: { forever: true, minTimeout: 200, maxTimeout: 1000 },
  });
  try {
    const builtMeanwhile = await readManifest<Manifest>(manifestFile);
    if (builtMeanwhile !== undefined) return { folder, manifest: builtMeanwhile };
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    await mkdir(folder, { recursive: true });
    const manifest = await build(folder);
    await writeFile(`${manifestFile}.draft`, JSON.stringify(manifest, null, 2));
    await rename(`${manifestFile}.draft`, manifestFile);
    return { folder, manifest };
  } finally {
    await release();
  }
}

async function readManifest<Manifest>(file: string): Promise<Manifest | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Manifest;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
