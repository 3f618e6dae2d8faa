import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { git, hasGit } from '../../catalog/testing/git.ts';
import { makeTemporaryFolder } from '../../catalog/testing/temporary-folder.ts';
import { harnessCommit } from './commit.ts';

test.skipIf(!hasGit)(
  'the commit is refused while harness/ or bugs/ differ from it, evidence excepted',
  async () => {
    await using folder = await makeTemporaryFolder('commit');
    const root = folder.path;
    await git(root, 'init', '-q');
    await mkdir(path.join(root, 'bugs'));
    await writeFile(path.join(root, 'bugs', 'a.mdx'), 'a');
    await git(root, 'add', '-A');
    await git(root, 'commit', '-q', '-m', 'a');
    const { stdout: head } = await git(root, 'rev-parse', 'HEAD');

    const evidence = path.join(root, 'harness', 'evidence');
    await mkdir(evidence, { recursive: true });
    await writeFile(path.join(evidence, 'new.json'), '{}');
    await writeFile(path.join(root, 'README.md'), 'elsewhere');
    await expect(harnessCommit(root)).resolves.toBe(head);

    await writeFile(path.join(root, 'bugs', 'a.mdx'), 'b');
    await expect(harnessCommit(root)).rejects.toThrow(/bugs\/a\.mdx[^]*leave out --record/);
  },
);
