import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { makeTemporaryFolder } from '../../catalog/testing/temporary-folder.ts';
import { deadLinksOfMarkdown, deadLinksOfSite } from './dead-links.ts';

async function write(root: string, files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true });
    await writeFile(path.join(root, name), text);
  }
}

it('finds pages, anchors and files of a site that are not there', async () => {
  await using folder = await makeTemporaryFolder('links');
  await write(folder.path, {
    'index.html':
      '<a href="/lanes/">lanes</a> <a href="/lanes/#deep">deep</a> <a href="https://example.org/gone">away</a>',
    'lanes/index.html':
      '<h2 id="deep">Deep</h2> <a href="#shallow">shallow</a> <a href="/towels/">towels</a> <a href="/map.json">map</a>',
  });
  const { dead } = await deadLinksOfSite(folder.path);
  expect(dead.map(({ link }) => link).toSorted()).toEqual([
    'lanes/#shallow',
    'map.json',
    'towels/',
  ]);
});

it('finds files and headings that Markdown leads to and are not there', async () => {
  await using folder = await makeTemporaryFolder('links');
  await write(folder.path, {
    'README.md': '[a](docs/a.md) [deep](docs/a.md#deep) [gone](docs/b.md) [flat](docs/a.md#flat)',
    'docs/a.md': '# A\n\n## Deep\n',
  });
  const { dead } = await deadLinksOfMarkdown(folder.path, ['README.md']);
  expect(dead.map(({ link }) => link).toSorted()).toEqual(['docs/a.md#flat', 'docs/b.md']);
});
