import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';

/** What the docs are built from, relative to the project. */
const sources = [
  'astro.config.mjs',
  'bugs',
  'catalog',
  'harness/evidence',
  // What the zips of repros are made of.
  'harness/repro',
  'harness/scenarios',
  'package-lock.json',
  'site',
];

/** A name for the state of everything the docs are built from: same content, same name. */
export async function fingerprintSources(projectRoot: string): Promise<string> {
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const file of await filesOf(path.join(projectRoot, source))) {
      const content = await readFile(file);
      hash.update(`${path.relative(projectRoot, file)}\0${content.length}\0`).update(content);
    }
  }
  return hash.digest('hex').slice(0, 16);
}

async function filesOf(source: string): Promise<string[]> {
  const found = await stat(source).catch(() => undefined);
  if (!found?.isDirectory()) return found ? [source] : [];
  const entries = await readdir(source, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .toSorted();
}
