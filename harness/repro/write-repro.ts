import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { BadInput } from '../../catalog/problem/bad-input.ts';
import { readTriedRepros } from '../../catalog/evidence/repros.ts';
import { readValidWriteups } from '../../catalog/writeup/read.ts';
import { chooseRepro } from './choose-repro.ts';
import type { ReproFiles } from './repro-folder.ts';

/**
 * Makes sure that a repro can be written into a folder.
 *
 * @param force whether files of the same names may be written over.
 * @throws BadInput unless the folder is empty or not there.
 */
export async function requireEmpty(folder: string, force: boolean): Promise<void> {
  const found = await readdir(folder).catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [];
    if (code === 'ENOTDIR')
      throw new BadInput(`expected a folder, got a file: ${folder}. Name another.`);
    throw error;
  });
  if (found.length === 0 || force) return;
  const [first = ''] = found;
  throw new BadInput(
    `expected an empty folder, got ${folder} with ${found.length === 1 ? first : `${first} and ${found.length - 1} more`} in it. Name another, or add --force to write into it.`,
  );
}

/** Writes the files of a repro below a folder. */
export async function writeRepro(files: ReproFiles, folder: string): Promise<void> {
  for (const [name, text] of files) {
    const file = path.join(folder, ...name.split('/'));
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

/** A repro as a zip file, in a folder of its name. The same files make the same bytes. */
export function zipOf(files: ReproFiles, name: string): Uint8Array {
  const entries = [...files].map(([file, text]) => [`${name}/${file}`, strToU8(text)] as const);
  return zipSync(Object.fromEntries(entries), { mtime: new Date(1980, 0, 1), level: 9 });
}

/**
 * Writes the zips of all bugs that have a repro: `<folder>/<slug>/repro.zip`.
 *
 * @returns how many.
 */
export async function writeZips(folder: string): Promise<number> {
  const tried = readTriedRepros();
  const { writeups } = readValidWriteups();
  const wanted = writeups.filter(({ slug }) => {
    const one = tried[slug];
    return one !== undefined && 'claim' in one;
  });
  for (const writeup of wanted) {
    const { files } = await chooseRepro(writeup);
    const own = path.join(folder, writeup.slug);
    await mkdir(own, { recursive: true });
    await writeFile(path.join(own, 'repro.zip'), zipOf(files, `${writeup.id.toLowerCase()}-repro`));
  }
  return wanted.length;
}
