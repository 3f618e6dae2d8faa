import { existsSync, globSync, lstatSync, readdirSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { lock } from 'proper-lockfile';
import { cacheFolder } from './folder.ts';

/** One thing that was built into the cache: an engine, a runtime, a tool. */
export interface CacheEntry {
  /** Its folder below the cache, such as `engines/celery-5.7.0-python-3.11.7-ab12cd34`. */
  readonly name: string;
  /** What its removal frees: a file that others have links to is not counted. */
  readonly bytes: number;
  readonly lastUsed: Date;
}

/** All that was built into the cache, what was used last at the end. */
export function cacheEntries(): CacheEntry[] {
  const cache = cacheFolder();
  if (!existsSync(cache)) return [];
  return globSync(['*.json', '*/*.json'], { cwd: cache })
    .map((file) => ({ manifest: path.join(cache, file), name: file.slice(0, -'.json'.length) }))
    .filter(({ name }) => existsSync(path.join(cache, name)))
    .map(({ manifest, name }) => ({
      name: name.split(path.sep).join('/'),
      bytes: bytesOf(path.join(cache, name)),
      lastUsed: statSync(manifest).mtime,
    }))
    .sort((one, other) => one.lastUsed.getTime() - other.lastUsed.getTime());
}

/**
 * Removes an entry of the cache, its manifest first, so that half of it never counts.
 *
 * @returns false, and leaves it, if it is just being built.
 */
export async function removeEntry({ name }: CacheEntry): Promise<boolean> {
  const folder = path.join(cacheFolder(), ...name.split('/'));
  let release: () => Promise<void>;
  try {
    release = await lock(folder, { realpath: false });
  } catch {
    return false;
  }
  try {
    for (const one of [`${folder}.json`, folder]) {
      await rm(one, { recursive: true, force: true, maxRetries: 5 });
    }
    return true;
  } finally {
    await release();
  }
}

/**
 * What is behind links is not looked at: a Wine prefix has one to the whole machine. (The `recursive` of
 * `readdirSync` follows them.)
 */
function bytesOf(folder: string): number {
  return readdirSync(folder, { withFileTypes: true })
    .map((entry) => {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) return bytesOf(file);
      const { size, nlink } = lstatSync(file);
      return entry.isFile() && nlink === 1 ? size : 0;
    })
    .reduce((sum, bytes) => sum + bytes, 0);
}
