import { rename, writeFile } from 'node:fs/promises';

/** Writes a file whole or not at all: whoever reads it meanwhile sees what was there, or all of what comes. */
export async function writeWhole(file: string, text: string): Promise<void> {
  await writeFile(`${file}.draft`, text);
  await rename(`${file}.draft`, file);
}
