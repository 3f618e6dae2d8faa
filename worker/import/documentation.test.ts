import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { formatImportFilesPage, importFilesPage } from './documentation.ts';

test('the page says what the code reads (npm run docs writes it)', async () => {
  const page = await readFile(importFilesPage, 'utf8');
  expect(page.replaceAll('\r\n', '\n')).toBe(await formatImportFilesPage());
});
