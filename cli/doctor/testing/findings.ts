import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { examine } from '../../../catalog/doctor/examine.ts';
import { makeTemporaryFolder } from '../../../catalog/testing/temporary-folder.ts';
import { createHistoryLookUp } from '../../../catalog/verdict/history-look-up.ts';
import { readWriteups } from '../../../catalog/writeup/read.ts';
import { look } from '../look.ts';

const lookUp = createHistoryLookUp();
const writeups = readWriteups();
/** Findings must not depend on the machine that runs the tests. */
const machine = {
  platform: { value: 'linux', place: {} },
  venv: { value: false, place: {} },
  shm: { value: 'writable', place: {} },
  'memory-limit': { value: false, place: {} },
  'told-to-spawn': { value: false, place: {} },
};

/** What doctor finds: `BUG-011 sure: bullmq 6.3.2 is known to fail (package-lock.json:6)`, a line for each reason. */
export async function findings(folder: string): Promise<string[]> {
  const { facts, problems } = await look(folder);
  expect(problems).toEqual([]);
  return examine({ ...facts, machine }, writeups, lookUp).flatMap(({ bug, level, because }) =>
    because.map(({ says, place: { file, line } }) => `${bug} ${level}: ${says} (${file}:${line})`),
  );
}

/** A folder with these files. */
export async function folderWith(files: Readonly<Record<string, string>>) {
  const folder = await makeTemporaryFolder('doctor');
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder.path, ...name.split('/'));
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  return folder;
}
