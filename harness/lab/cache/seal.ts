import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

/** What a folder held when it was built. */
export const sealSchema = z.strictObject({
  /** Of the names, sizes and times of its files. */
  listing: z.string(),
  /** Of what is in them. */
  content: z.string(),
});
type Seal = z.output<typeof sealSchema>;

interface Entry {
  readonly file: string;
  readonly isLink: boolean;
}

/** Takes down what a folder holds. Links count as such; nothing behind them is looked at. */
export function sealOf(folder: string): Seal {
  const entries = entriesOf(folder);
  return { listing: digestListing(folder, entries), content: digestContent(folder, entries) };
}

/**
 * Whether a folder still holds what it held. Looks at names, sizes and times first, as git does, and
 * reads the files only when those differ, as they do in a copy: a Python for Windows with Celery has
 * 8000 files, looked at in 0.2 s and read in twice that.
 */
export function isAsSealed(folder: string, seal: Seal): boolean {
  try {
    const entries = entriesOf(folder);
    return (
      digestListing(folder, entries) === seal.listing ||
      digestContent(folder, entries) === seal.content
    );
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return false;
    throw error;
  }
}

/** All that is in the folder but compiled modules: programs add those when they first run. */
function entriesOf(folder: string): Entry[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== '__pycache__')
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const file = path.join(folder, entry.name);
      return entry.isDirectory() ? entriesOf(file) : { file, isLink: entry.isSymbolicLink() };
    });
}

function digestListing(folder: string, entries: readonly Entry[]): string {
  const hash = createHash('sha256');
  for (const { file } of entries) {
    const { size, mtimeMs } = lstatSync(file);
    // Whole seconds: that is as much as archives keep.
    hash.update(`${path.relative(folder, file)}\0${size}\0${Math.floor(mtimeMs / 1000)}\0`);
  }
  return hash.digest('hex');
}

function digestContent(folder: string, entries: readonly Entry[]): string {
  const hash = createHash('sha256');
  for (const { file, isLink } of entries) {
    const content = isLink ? readlinkSync(file) : readFileSync(file);
    hash.update(`${path.relative(folder, file)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}
