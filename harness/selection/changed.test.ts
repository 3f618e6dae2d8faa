import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { git as runGit, hasGit } from '../../catalog/testing/git.ts';
import { makeTemporaryFolder } from '../../catalog/testing/temporary-folder.ts';
import { changedBugs } from './changed.ts';

/** A repository whose branch main has two bugs; the second scenario uses a file beside it. */
async function makeRepository() {
  const folder = await makeTemporaryFolder('changed');
  const root = folder.path;
  const git = (...args: string[]) => runGit(root, ...args);
  const write = async (file: string, text: string) => {
    await mkdir(path.dirname(path.join(root, file)), { recursive: true });
    await writeFile(path.join(root, file), text);
  };
  const commit = async () => {
    await git('add', '-A');
    await git('commit', '-qm', 'A change');
  };
  await git('init', '-q', '-b', 'main');
  await write('bugs/001-one.mdx', 'one');
  await write('bugs/002-two.mdx', 'two');
  await write('harness/scenarios/001-one/scenario.ts', 'one();');
  await write('harness/scenarios/002-two/scenario.ts', "import { look } from '../look.ts';");
  await write('harness/scenarios/look.ts', 'look();');
  await write('harness/lab/floor.ts', 'floor();');
  await commit();
  return { root, git, write, commit, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}

test.skipIf(!hasGit)('nothing has changed where nothing differs from main', async () => {
  await using repository = await makeRepository();
  expect(await changedBugs(undefined, repository.root)).toEqual({ bugs: [], shared: [] });
});

test.skipIf(!hasGit)(
  'what is committed, what is not yet, and what is new is a change; what main has since is none',
  async () => {
    await using repository = await makeRepository();
    const { root, git, write, commit } = repository;
    await git('checkout', '-qb', 'mine');
    await write('bugs/001-one.mdx', 'one more');
    await commit();
    expect(await changedBugs(undefined, root)).toEqual({ bugs: ['001-one'], shared: [] });
    await write('harness/scenarios/003-three/actors/worker.mjs', 'new');
    await write('harness/lab/floor.ts', 'ceiling();');
    const three = { bugs: ['001-one', '003-three'], shared: ['harness/lab/floor.ts'] };
    expect(await changedBugs(undefined, root)).toEqual(three);
    await git('stash', '-q');
    await git('checkout', '-q', 'main');
    await write('bugs/002-two.mdx', 'main goes on');
    await git('commit', '-qam', 'Meanwhile');
    await git('checkout', '-q', 'mine');
    await git('stash', 'pop', '-q');
    expect(await changedBugs('main', root)).toEqual(three);
    expect((await changedBugs('HEAD', root)).bugs).toEqual(['003-three']);
  },
);

test.skipIf(!hasGit)('a file that scenarios share concerns those that import it', async () => {
  await using repository = await makeRepository();
  await repository.write('harness/scenarios/look.ts', 'look(again);');
  expect((await changedBugs('main', repository.root)).bugs).toEqual(['002-two']);
});

test.skipIf(!hasGit)('a base that Git does not know is refused with what to type', async () => {
  await using repository = await makeRepository();
  await expect(changedBugs('mian', repository.root)).rejects.toThrow(
    'expected a branch or a commit that Git knows here, got mian. Name another: --changed HEAD',
  );
});
