import { expect, test } from 'vitest';
import { makeStartFolder } from './start/fixtures/marked-start.ts';

const hasProc = process.platform === 'linux';
const needsProc = 'needs /proc to find every process of a start';

test('a start serves everything, refuses a second one, and leaves nothing behind', async ({
  skip,
}) => {
  if (!hasProc) skip(needsProc);
  await using folder = await makeStartFolder();
  const start = folder.run();
  const text = await start.printed('Ctrl-C stops everything');
  const url = /http:\/\/[\d.:]+/.exec(text)?.[0] ?? '';
  for (const page of ['/', '/board/', '/healthz', '/positions?portfolio=sample']) {
    expect([page, (await fetch(url + page)).status]).toEqual([page, 200]);
  }
  expect(await folder.processes()).not.toEqual([]);

  const second = await folder.run().process;
  expect(second.exitCode).toBe(2);
  expect(second.stderr).toContain(`as process ${start.process.pid ?? '?'}, at ${url}`);

  start.signal('SIGINT');
  expect((await start.process).exitCode).toBe(0);
  expect(await folder.processes()).toEqual([]);

  const again = folder.run();
  await again.printed('Ctrl-C stops everything');
  again.signal('SIGTERM');
  const { exitCode, stderr } = await again.process;
  expect(exitCode).toBe(0);
  expect(stderr).not.toContain('Building');
}, 180_000);

test.for(['starting the embedded', 'Building static'])(
  'Ctrl-C at "%s" leaves nothing behind',
  { timeout: 120_000 },
  async (moment, { skip }) => {
    if (!hasProc) skip(needsProc);
    await using folder = await makeStartFolder();
    const start = folder.run();
    await start.printed(moment);
    start.signal('SIGINT');
    expect((await start.process).exitCode).toBe(0);
    expect(await folder.processes()).toEqual([]);
  },
);

test('a closed terminal leaves nothing behind', { timeout: 120_000 }, async ({ skip }) => {
  if (!hasProc) skip(needsProc);
  await using folder = await makeStartFolder();
  const start = folder.run();
  await start.printed('Ctrl-C stops everything');
  start.process.stdout.destroy();
  start.process.stderr.destroy();
  start.signal('SIGHUP');
  expect((await start.process).exitCode).toBe(0);
  expect(await folder.processes()).toEqual([]);
});

test('Ctrl-C under npm leaves nothing behind', async ({ skip }) => {
  if (!hasProc) skip(needsProc);
  await using folder = await makeStartFolder();
  const start = folder.run(['npm', 'start', '--', '--port', '0']);
  await start.printed('database  ready');
  start.signal('SIGINT');
  const { all } = await start.process;
  expect(all).toContain('nothing is left running');
  expect(all).not.toContain('again');
  expect(await folder.processes()).toEqual([]);
}, 120_000);
