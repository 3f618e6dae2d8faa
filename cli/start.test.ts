import { expect, test } from 'vitest';
import { makeStartFolder, type RunningStart } from './start/fixtures/marked-start.ts';

const hasProc = process.platform === 'linux';
const needsProc = 'needs /proc to find every process of a start';

test(
  'a start serves everything, refuses a second one, and leaves nothing behind',
  { timeout: 400_000 },
  async ({ skip }) => {
    if (!hasProc) skip(needsProc);
    await using folder = await makeStartFolder();
    const start = folder.run();
    const url = await addressOf(start);
    for (const page of ['/', '/board/', '/healthz']) {
      expect([page, (await fetch(url + page)).status]).toEqual([page, 200]);
    }
    const imports = await getJson(`${url}/imports`);
    expect(imports).toMatchObject({ imports: [{ state: 'rejected' }, { state: 'done' }] });
    const positions = await getJson(`${url}/positions?portfolio=sample`);
    expect(positions).toMatchObject({ portfolio: 'sample' });
    expect(await folder.processes()).not.toEqual([]);

    const second = await folder.run().process;
    expect(second.exitCode).toBe(2);
    expect(second.stderr).toContain(`as process ${start.process.pid ?? '?'}, at ${url}`);

    start.signal('SIGINT');
    expect((await start.process).exitCode).toBe(0);
    expect(await folder.processes()).toEqual([]);

    const again = folder.run();
    const newUrl = await addressOf(again);
    expect(await getJson(`${newUrl}/imports`)).toEqual(imports);
    expect(await getJson(`${newUrl}/positions?portfolio=sample`)).toEqual(positions);
    again.signal('SIGTERM');
    const { exitCode, stderr } = await again.process;
    expect(exitCode).toBe(0);
    expect(stderr).toContain('built already');
    expect(await folder.processes()).toEqual([]);
  },
);

async function addressOf(start: RunningStart): Promise<string> {
  const text = await start.printed('Ctrl-C stops everything');
  return /http:\/\/[\d.:]+/.exec(text)?.[0] ?? '';
}

async function getJson(url: string): Promise<unknown> {
  return (await fetch(url)).json();
}

test.for(['database  starting', 'Building static'])(
  'Ctrl-C at "%s" leaves nothing behind',
  { timeout: 400_000 },
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

test('a closed terminal leaves nothing behind', { timeout: 400_000 }, async ({ skip }) => {
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
});
