import { readFile } from 'node:fs/promises';
import { execaSync } from 'execa';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { readTriedRepros } from '../../catalog/evidence/repros.ts';
import { findWriteup } from '../../catalog/writeup/find.ts';
import { readWriteups } from '../../catalog/writeup/read.ts';
import { chooseRepro } from './choose-repro.ts';
import { formatRepros, reprosFile } from './documentation.ts';
import { tryRepro } from './try-repro.ts';
import { zipOf } from './write-repro.ts';

const writeups = readWriteups();
const tried = readTriedRepros();
const having = writeups.filter(({ slug }) => {
  const one = tried[slug];
  return one !== undefined && 'claim' in one;
});

test('docs/repros.md tells what became of the repros', async () => {
  expect(await readFile(reprosFile, 'utf8'), 'Type: npm run docs').toBe(await formatRepros());
});

test('what was tried is a bug that there is', () => {
  expect(having.length).toBeGreaterThan(10);
  expect(Object.keys(tried).filter((slug) => !writeups.some((one) => one.slug === slug))).toEqual(
    [],
  );
});

test('what a repro holds is what was tried', async () => {
  const changed: string[] = [];
  for (const writeup of having) {
    if ((await chooseRepro(writeup)).tried === undefined) changed.push(writeup.id);
  }
  expect(changed, 'Try them again: node harness/repro/try-repros.ts BUG…').toEqual([]);
}, 60_000);

test('a repro needs nothing of poolproof, and tells where it is from', async () => {
  for (const writeup of having) {
    const { files } = await chooseRepro(writeup);
    for (const [name, text] of files) {
      expect({ name, outside: /from ['"](?:\.\.\/){2,}/.test(text) }).toEqual({
        name,
        outside: false,
      });
    }
    const readme = files.get('README.md') ?? '';
    expect(readme).toContain(writeup.title);
    expect(readme).toMatch(/confirmed on (?:Linux|macOS|Windows|Wine), \d{4}-\d\d-\d\d/);
    expect(files.get('LICENSE')).toMatch(/^MIT License/);
  }
}, 60_000);

test('a zip holds the files, and the same ones each time', async () => {
  const { files } = await chooseRepro(findWriteup(writeups, '073'));
  const zip = zipOf(files, 'bug-073-repro');
  const unzipped = Object.entries(unzipSync(zip)).map(([name, bytes]) => [name, strFromU8(bytes)]);
  expect(Object.fromEntries(unzipped)).toEqual(
    Object.fromEntries([...files].map(([name, text]) => [`bug-073-repro/${name}`, text])),
  );
  expect(Buffer.from(zipOf(files, 'bug-073-repro')).equals(Buffer.from(zip))).toBe(true);
});

const has = (program: string) => !execaSync(program, ['--version'], { reject: false }).failed;

describe.skipIf(!has('redis-server'))('in an empty folder (needs redis-server)', () => {
  const minutes = 600_000;
  const reproOf = async (bug: string) => (await chooseRepro(findWriteup(writeups, bug))).one;

  test.each(['073', '020'])(
    'BUG-%s shows with npm alone, and its fix',
    { timeout: minutes },
    async (bug) => {
      expect(await tryRepro(await reproOf(bug), writeups)).toBeUndefined();
    },
  );

  test.skipIf(!has('python3'))(
    'BUG-017 shows with pip alone, and its fix (needs python3)',
    { timeout: minutes },
    async () => {
      expect(await tryRepro(await reproOf('017'), writeups)).toBeUndefined();
    },
  );

  test('a fix is no repro, nor is a failure a fix', { timeout: minutes }, async () => {
    const one = await reproOf('020');
    expect(await tryRepro({ ...one, bug: one.fix }, writeups)).toMatch(/^bug\/ exited with 0/);
    expect(await tryRepro({ ...one, fix: one.bug }, writeups)).toMatch(/^fix\/ exited with 1/);
  });
});
