import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { becomeSoleStart } from './sole-start.ts';

async function makeFolder(): Promise<AsyncDisposable & { dir: string }> {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'poolproof-start-'));
  return {
    dir,
    [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true, maxRetries: 5 }),
  };
}

test('a second start on a folder is told which process runs, and where', async () => {
  await using folder = await makeFolder();
  await using first = await becomeSoleStart(folder.dir);
  await expect(becomeSoleStart(folder.dir)).rejects.toThrow(
    `poolproof runs already on ${folder.dir}, as process ${process.pid}. Open that one`,
  );
  await first.announce('http://127.0.0.1:3000');
  await expect(becomeSoleStart(folder.dir)).rejects.toThrow(
    `as process ${process.pid}, at http://127.0.0.1:3000.`,
  );
});

test('a folder that was given up can be used again', async () => {
  await using folder = await makeFolder();
  await (await becomeSoleStart(folder.dir))[Symbol.asyncDispose]();
  await using again = await becomeSoleStart(folder.dir);
  expect(again).toBeDefined();
});

test('a start that was killed holds nothing', async () => {
  await using folder = await makeFolder();
  const holder = execa(
    process.execPath,
    [path.join(import.meta.dirname, 'fixtures/hold-start.ts'), folder.dir],
    {
      ipc: true,
      reject: false,
    },
  );
  await holder.getOneMessage();
  await expect(becomeSoleStart(folder.dir)).rejects.toThrow(`as process ${holder.pid ?? '?'}`);
  holder.kill('SIGKILL');
  await holder;
  await using again = await becomeSoleStart(folder.dir);
  expect(again).toBeDefined();
});
