import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkProject } from '../../catalog/checks/check-project.ts';
import { formatProblem } from '../../catalog/problem/problem.ts';
import { folders, projectRoot } from '../../catalog/project.ts';
import { makeTemporaryFolder } from '../../catalog/testing/temporary-folder.ts';
import { readWriteups } from '../../catalog/writeup/read.ts';
import { startBug } from './start-bug.ts';

describe('a bug that is started', () => {
  test.each([
    ['celery-nothing-works', undefined, 'celery'],
    ['bullmq-nothing-works', undefined, 'bullmq'],
    ['nothing-works', 'bullmq', 'bullmq'],
    ['nothing-works', undefined, 'celery'],
  ] as const)(
    '%s with --engine %s is of %s, and nothing in it disagrees',
    async (slug, engine, of) => {
      await using folder = await makeProject();
      const { number } = await startBug({ slug, root: folder.path, ...(engine && { engine }) });
      const [writeup] = readWriteups(folder.path);
      expect(writeup).toMatchObject({ id: 'BUG-001', slug: `001-${slug}`, engine: of });
      expect(number).toBe('001');
      expect(checkProject(folder.path).map(formatProblem)).toEqual([]);
    },
  );

  test('has the next free number, after 999 too, or the one that is asked for', async () => {
    await using folder = await makeProject();
    const started = async (slug: string, number?: number) =>
      (await startBug({ slug, root: folder.path, ...(number && { number }) })).number;
    expect(await started('one')).toBe('001');
    expect(await started('the-last', 999)).toBe('999');
    expect(await started('one-more')).toBe('1000');
    expect(await started('two', 2)).toBe('002');
    expect(readWriteups(folder.path).map(({ id }) => id)).toEqual([
      'BUG-001',
      'BUG-002',
      'BUG-999',
      'BUG-1000',
    ]);
  });

  test('takes no number that somebody has, and writes over nothing', async () => {
    await using folder = await makeProject();
    await startBug({ slug: 'one', root: folder.path });
    await expect(startBug({ slug: 'other', number: 1, root: folder.path })).rejects.toThrow(
      'expected a number that is free, got 1, which 001-one',
    );
    expect(readWriteups(folder.path)).toHaveLength(1);
  });
});

test('CONTRIBUTING shows the files that a new bug of Celery has', async () => {
  await using folder = await makeProject();
  const { files } = await startBug({
    ...{ slug: 'celery-unregistered-task', number: 99, root: folder.path },
  });
  const text = await readFile(path.join(projectRoot, 'CONTRIBUTING.md'), 'utf8');
  const blocks = [...text.matchAll(/^```\w+\n(?:#|\/\/) (\S+)\n([^]*?)^```$/gm)];
  expect(blocks.map(([, name = '']) => path.basename(name)).toSorted()).toEqual(
    files.map((file) => path.basename(file)).toSorted(),
  );
  for (const [, name = '', code = ''] of blocks) {
    expect(await readFile(path.join(folder.path, name), 'utf8')).toContain(code);
  }
});

async function makeProject() {
  const folder = await makeTemporaryFolder('new-bug');
  await mkdir(folders.bugs(folder.path));
  await mkdir(folders.scenarios(folder.path), { recursive: true });
  return folder;
}
