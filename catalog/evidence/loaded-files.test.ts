import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createFixtureProject, soundEvidence } from '../fixtures/sound-project.ts';
import { folders, projectRoot } from '../project.ts';
import { makeTemporaryFolder } from '../testing/temporary-folder.ts';
import type { Engine } from '../cell/values.ts';
import { readWriteups } from '../writeup/read.ts';
import { Sources } from './digest.ts';
import { filesLoadedBy } from './loaded-files.ts';

const actor = `
const base = pathToFileURL(path.join(process.env.PROJECT, 'worker', 'settings.ts'));
await import(new URL('./live-worker.ts', base));
`;

async function write(root: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(root, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

test('what an actor loads leads to whatever those files name in its room, but for types', async () => {
  await using folder = await makeTemporaryFolder('loaded');
  const root = path.join(folder.path, 'project');
  await write(root, {
    'worker/settings.ts': "export const processor = ownModule(import.meta, './pools/sandboxed');",
    'worker/pools/sandboxed.ts': 'export default 1;',
    'worker/live-worker.ts':
      "import type {\n  Never,\n} from './types.ts';\nimport { type Also, pause } from './pause.ts';",
    'worker/pause.ts': "export * from '../catalog/page.ts';\nawait import('./late.ts');",
    'worker/late.ts': "import './live-worker.ts'; import 'bullmq'; import '../../outside.ts';",
    'worker/types.ts': 'export type Never = never;',
    'worker/stranger.ts': '',
    'catalog/page.ts': '',
    '../outside.ts': '',
  });
  const loaded = filesLoadedBy(actor, root).map((file) =>
    path.relative(root, file).replaceAll(path.sep, '/'),
  );
  expect(loaded).toEqual([
    'worker/late.ts',
    'worker/live-worker.ts',
    'worker/pause.ts',
    'worker/pools/sandboxed.ts',
    'worker/settings.ts',
  ]);
});

test('an actor that does not ask for the project loads nothing of it', () => {
  expect(filesLoadedBy("import { x } from './worker/settings.ts';", projectRoot)).toEqual([]);
});

test('a byte of what an actor loads counts for the engine that runs the actor, and for no other', async () => {
  await using project = await createFixtureProject();
  const [writeup] = readWriteups(project.root);
  const [claim, control] = writeup?.claims ?? [];
  if (claim === undefined || control === undefined) throw new Error('The fixture has two claims');
  await write(project.root, {
    'harness/scenarios/007-sleepy-worker/actors/serve.mjs': actor,
    'worker/settings.ts': '',
    'worker/live-worker.ts': 'one',
  });
  const actorsOn = (engine: Engine) => {
    const on = { ...control, run: { ...control.run, engine } };
    const cell = { ...soundEvidence.cell, engine };
    const one = { slug: '007-sleepy-worker', claim, cell, control: on };
    return new Sources(project.root).digestsOf(one).actors;
  };
  const before = [actorsOn('celery'), actorsOn('bullmq')];
  await write(project.root, { 'worker/live-worker.ts': 'two' });
  expect(actorsOn('celery')).toBe(before[0]);
  expect(actorsOn('bullmq')).not.toBe(before[1]);
});

// What the actor does not name is in no digest, and could change unnoticed.
test('every actor that asks for the project names what it loads of it', async () => {
  const scenarios = folders.scenarios(projectRoot);
  const names = await readdir(scenarios, { recursive: true });
  const actors = names.filter((name) => /[\\/]actors[\\/].*\.\w+$/.test(name));
  const asking: string[] = [];
  for (const name of actors) {
    const text = await readFile(path.join(scenarios, name), 'latin1');
    if (!text.includes('env.PROJECT') && !/environ\S*PROJECT/.test(text)) continue;
    asking.push(name);
    expect(filesLoadedBy(text, projectRoot).length, name).toBeGreaterThan(1);
  }
  expect(asking).not.toEqual([]);
});
