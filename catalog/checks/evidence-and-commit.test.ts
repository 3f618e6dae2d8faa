import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { createFixtureProject, soundEvidence } from '../fixtures/sound-project.ts';
import { git, hasGit } from '../testing/git.ts';
import { makeTemporaryFolder } from '../testing/temporary-folder.ts';
import { checkCommits } from './evidence-and-commit.ts';

/** A project with a history of two commits, whose evidence names the first, or another. */
async function projectWithHistory(commit?: string) {
  const project = await createFixtureProject();
  await git(project.root, 'init', '-q');
  await git(project.root, 'commit', '-q', '--allow-empty', '-m', 'first');
  const { stdout: first } = await git(project.root, 'rev-parse', 'HEAD');
  const evidence = await project.record();
  const recordedFrom = { ...evidence.recordedFrom, commit: commit ?? first };
  await project.record({ recordedFrom });
  await git(project.root, 'add', '-A');
  await git(project.root, 'commit', '-q', '-m', 'second');
  return project;
}

test.skipIf(!hasGit)('a commit of the history is well', async () => {
  await using project = await projectWithHistory();
  expect(checkCommits(project.root)).toEqual({ problems: [] });
});

test.skipIf(!hasGit)('a commit that is not in the history is told of', async () => {
  await using project = await projectWithHistory(soundEvidence.recordedFrom.commit);
  expect(checkCommits(project.root)).toMatchObject({
    problems: [{ message: expect.stringContaining('got 0123abc. Record it again') as string }],
  });
});

test.skipIf(!hasGit)('where the history is not complete, commits are not checked', async () => {
  await using project = await projectWithHistory(soundEvidence.recordedFrom.commit);
  await using folder = await makeTemporaryFolder('shallow');
  await git(folder.path, 'clone', '-q', '--depth', '1', pathToFileURL(project.root).href, 'clone');
  expect(checkCommits(path.join(folder.path, 'clone'))).toEqual({
    notChecked: expect.stringContaining('not checked: the history is not complete here') as string,
  });
});

test('where there is no Git, commits are not checked', async () => {
  await using project = await createFixtureProject();
  expect(checkCommits(project.root)).toEqual({
    notChecked: expect.stringContaining('not checked') as string,
  });
});
