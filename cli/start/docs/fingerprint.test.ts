import { mkdir, mkdtemp, rename, rm, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fingerprintSources } from './fingerprint.ts';

let root: string;
let before: string;
const bug = () => path.join(root, 'bugs', '001-x.mdx');

beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'poolproof-docs-'));
  await mkdir(path.join(root, 'bugs'));
  await writeFile(bug(), 'one');
  before = await fingerprintSources(root);
});
afterEach(() => rm(root, { recursive: true, force: true, maxRetries: 5 }));

test('touching a file changes nothing', async () => {
  await utimes(bug(), new Date(), new Date());
  expect(await fingerprintSources(root)).toBe(before);
});

test('a file of another room changes nothing', async () => {
  await writeFile(path.join(root, 'README.md'), 'new');
  expect(await fingerprintSources(root)).toBe(before);
});

test('a changed file changes it', async () => {
  await writeFile(bug(), 'two');
  expect(await fingerprintSources(root)).not.toBe(before);
});

test('a renamed file changes it', async () => {
  await rename(bug(), path.join(root, 'bugs', '002-x.mdx'));
  expect(await fingerprintSources(root)).not.toBe(before);
});

test('new evidence changes it', async () => {
  const evidence = path.join(root, 'harness', 'evidence', '001-x');
  await mkdir(evidence, { recursive: true });
  await writeFile(path.join(evidence, 'claim.cell.json'), '{}');
  expect(await fingerprintSources(root)).not.toBe(before);
});
