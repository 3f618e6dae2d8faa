import { cp } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createFixtureProject, soundEvidence } from '../fixtures/sound-project.ts';
import { makeTemporaryFolder } from '../testing/temporary-folder.ts';
import { readWriteups } from '../writeup/read.ts';
import { Sources } from './digest.ts';
import type { Cell } from './schema.ts';

function digestsIn(root: string, cell: Cell = soundEvidence.cell) {
  const [writeup] = readWriteups(root);
  const [claim, control] = writeup?.claims ?? [];
  if (claim === undefined || control === undefined) throw new Error('The fixture has two claims');
  return new Sources(root).digestsOf({ slug: '007-sleepy-worker', claim, cell, control });
}

// Whoever changes how digests are made makes all evidence stale: not by mistake.
test('the digests of the fixture are what they were', async () => {
  await using project = await createFixtureProject();
  expect(digestsIn(project.root)).toEqual({
    setup: 'f4090a8fe4e9355f73d57bc91744e382',
    scenario: 'a8fee63ce18ba8fa7f1d6f7d1b642e6c',
    actors: '0bb678f4dcaedb544f858324d7616c52',
    programs: '14f7e0c8e4f5921d09dba4b9127a6828',
    control: 'f6e5269134836ded82729cc76bf6038c',
  });
});

test('a project that is moved has the same digests', async () => {
  await using project = await createFixtureProject();
  await using elsewhere = await makeTemporaryFolder('moved');
  const moved = path.join(elsewhere.path, 'somewhere', 'else');
  await cp(project.root, moved, { recursive: true });
  expect(digestsIn(moved)).toEqual(digestsIn(project.root));
});

test('a dimension that is added with a default changes nothing, one with a value does', async () => {
  await using project = await createFixtureProject();
  const { cell } = soundEvidence;
  const before = digestsIn(project.root);
  expect(digestsIn(project.root, { ...cell, added: undefined } as Cell)).toEqual(before);
  expect(digestsIn(project.root, { ...cell, added: 'cluster' } as Cell).setup).not.toBe(
    before.setup,
  );
  const reversed = Object.fromEntries(Object.entries(cell).reverse()) as Cell;
  expect(digestsIn(project.root, reversed)).toEqual(before);
});

test('nothing that only judges is part of a digest', async () => {
  await using project = await createFixtureProject();
  const before = digestsIn(project.root);
  const file = 'bugs/007-sleepy-worker.mdx';
  await project.edit(file, "naps: '= 2'", "naps: '= 1'");
  await project.edit(file, 'expect: works', 'expect: fails');
  await project.edit(file, 'is sleepy', 'is wide awake');
  expect(digestsIn(project.root)).toEqual(before);
});
