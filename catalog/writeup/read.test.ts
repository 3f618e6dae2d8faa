import path from 'node:path';
import { expect, test } from 'vitest';
import { createFixtureProject, writeupFile, writeupText } from '../fixtures/sound-project.ts';
import { InvalidFiles } from '../problem/problem.ts';
import { findWriteup } from './find.ts';
import { readWriteup, readWriteups } from './read.ts';

test('reads every write-up in the order of ids, and the template not at all', async () => {
  await using project = await createFixtureProject();
  await project.write('bugs/003-early-bird.mdx', writeupText.replace('BUG-007', 'BUG-003'));
  await project.write('bugs/TEMPLATE.mdx', 'copy me');
  expect(readWriteups(project.root).map(({ slug }) => slug)).toEqual([
    '003-early-bird',
    '007-sleepy-worker',
  ]);
});

test('refuses with the problems of all files at once', async () => {
  await using project = await createFixtureProject();
  await project.edit(writeupFile, 'status: live', 'status: alive');
  await project.write('bugs/008-empty.mdx', '');
  expect(() => readWriteups(project.root)).toThrow(InvalidFiles);
  expect(() => readWriteups(project.root)).toThrow(/Did you mean "live"\?[^]*008-empty\.mdx:1:1/);
});

test('refuses an id that two write-ups have', async () => {
  await using project = await createFixtureProject();
  await project.write('bugs/007-twin.mdx', writeupText);
  expect(() => readWriteups(project.root)).toThrow(
    /007-twin\.mdx: id: expected an id of its own, got "BUG-007", which .*007-sleepy-worker\.mdx has/,
  );
});

test('refuses one bad write-up', async () => {
  await using project = await createFixtureProject();
  await project.edit(writeupFile, '## Fix', '## Repair');
  expect(() => readWriteup(path.join(project.root, writeupFile))).toThrow('"## Fix"');
});

test.each(['7', '007', 'bug-7', 'BUG-007', '007-sleepy-worker'])(
  '%s names the bug',
  async (name) => {
    await using project = await createFixtureProject();
    expect(findWriteup(readWriteups(project.root), name).id).toBe('BUG-007');
  },
);

test('a bug that is not there is answered with what is', async () => {
  await using project = await createFixtureProject();
  expect(() => findWriteup(readWriteups(project.root), '007-sleepy-werker')).toThrow(
    'expected a bug such as 002, BUG-002 or its slug, got "007-sleepy-werker". Did you mean "007-sleepy-worker"?\nThere are: BUG-007.',
  );
});
