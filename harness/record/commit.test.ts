import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { makeTemporaryFolder } from '../../catalog/testing/temporary-folder.ts';
import { harnessCommit } from './commit.ts';

test('the commit is refused while harness/ or bugs/ differ from it, evidence excepted', async () => {
  await using folder = await makeTemporaryFolder('commit');
  const root = folder.path;
  const git = (...args: string[]) =>
    execa('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
      cwd: root,
    });
  await git('init', '-q');
  await mkdir(path.join(root, 'bugs'));
  await writeFile(path.join(root, 'bugs', 'a.mdx'), 'a');
  await git('add', '-A');
  await git('commit', '-q', '-m', 'a');
  const { stdout: head } = await git('rev-parse', 'HEAD');

  const evidence = path.join(root, 'harness', 'evidence');
  await mkdir(evidence, { recursive: true });
  await writeFile(path.join(evidence, 'new.json'), '{}');
  await writeFile(path.join(root, 'README.md'), 'elsewhere');
  await expect(harnessCommit(root)).resolves.toBe(head);

  await writeFile(path.join(root, 'bugs', 'a.mdx'), 'b');
  await expect(harnessCommit(root)).rejects.toThrow(/bugs\/a\.mdx[^]*leave out --record/);
});
