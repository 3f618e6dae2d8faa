import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { renderReference } from './reference.ts';
import { formatReference, referenceFile } from './reference-file.ts';

test('docs/frontmatter.md tells what the schema checks', async () => {
  const committed = await readFile(referenceFile, 'utf8');
  expect(committed, 'The schema has changed. Type: npm run docs').toBe(await formatReference());
});

test('every field says what it is for', () => {
  const undescribed = renderReference()
    .split(/\r?\n/)
    .filter((line) => /^\| `\w+` \|  \|/.test(line));
  expect(undescribed).toEqual([]);
});
