import { realpathSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { thisMachine } from '../../catalog/evidence/machine-traces.ts';
import { projectRoot } from '../../catalog/project.ts';
import { makeTemporaryFolder } from '../../catalog/testing/temporary-folder.ts';
import { machinePlaceholders, redact } from './placeholders.ts';

test.each([
  [path.join(os.homedir(), 'notes.txt'), `<home>${path.sep}notes.txt`],
  [path.join(os.tmpdir(), 'pymp-1'), `<tmp>${path.sep}pymp-1`],
  [path.join(projectRoot, 'bugs'), `<project>${path.sep}bugs`],
  ['import "../../../runs/run-dwWKX2/work/w3Dn8xw/double.mjs"?', 'import "<work>/double.mjs"?'],
  [String.raw`..\..\runs\run-dwWKX2\work\w3Dn8xw\a.mjs`, String.raw`<work>\a.mjs`],
  ['the runs/run-1/work of others', 'the runs/run-1/work of others'],
  [`celery@${os.hostname()} ready.`, 'celery@<host> ready.'],
  ['/home/actor/.cache', '<home>/.cache'],
  [String.raw`C:\users\actor\Temp`, String.raw`<home>\Temp`],
  ['<Worker object at 0x0000024AD0B25D10>', '<Worker object at <address>>'],
  ['redis://127.0.0.1:41234/0', 'redis://127.0.0.1:<port>/0'],
  ['redis://localhost:6379/0', 'redis://localhost:6379/0'],
  ['<Worker object at 0x7f72ac3ef1d0>', '<Worker object at <address>>'],
  ['[WinError 0x5]', '[WinError 0x5]'],
  [`${os.hostname()}x`, `${os.hostname()}x`],
])('%s becomes %s', (text, expected) => {
  expect(redact(text, machinePlaceholders())).toBe(expected);
});

test('folders of a run within the cache have names of their own', () => {
  vi.stubEnv('POOLPROOF_CACHE', path.resolve('some-cache'));
  const cache = path.resolve('some-cache');
  const text = [path.join(cache, 'runs', 'run-ab', 'work', 'wXY', 'tasks.py'), cache].join(' ');
  expect(redact(text, machinePlaceholders())).toBe(`<work>${path.sep}tasks.py <cache>`);
  vi.unstubAllEnvs();
});

test('a folder is known by the name behind a link to it, as the temporary one of macOS is', async () => {
  await using folder = await makeTemporaryFolder('links');
  const real = path.join(realpathSync.native(folder.path), 'real');
  const link = path.join(folder.path, 'link');
  await mkdir(real);
  await symlink(real, link, 'junction');
  vi.stubEnv('POOLPROOF_CACHE', link);
  expect(redact(`${link} is ${real}`, machinePlaceholders())).toBe('<cache> is <cache>');
  vi.unstubAllEnvs();
});

test.skipIf(process.platform === 'win32')(
  'a folder is known by the name that Wine gives it',
  () => {
    vi.stubEnv('POOLPROOF_CACHE', '/some/cache');
    const text = String.raw`Z:\some\cache\runs\run-ab\work\wXY\tasks.py 'Z:\\some\\cache\\windows'`;
    expect(redact(text, machinePlaceholders())).toBe(
      String.raw`<work>\tasks.py '<cache>\\windows'`,
    );
    vi.unstubAllEnvs();
  },
);

test('every string of a value is redacted, and nothing else is touched', () => {
  const value = { log: [os.homedir()], count: 3, gone: null, inner: { ok: true } };
  expect(redact(value, machinePlaceholders())).toEqual({ ...value, log: ['<home>'] });
});

test('the name of a user is taken out before an @', () => {
  const ada = { ...thisMachine(), user: 'ada' };
  expect(redact('ada@elsewhere', machinePlaceholders(ada))).toBe('<user>@elsewhere');
});

test('a user without a name, whose home is /, takes nothing out of a text', () => {
  const nobody = { home: '/', tmp: os.tmpdir(), host: 'engine', user: '' };
  const text = 'worker@engine reads / and /srv/a @ 3';
  expect(redact(text, machinePlaceholders(nobody))).toBe('worker@<host> reads / and /srv/a @ 3');
  expect(redact(text, machinePlaceholders({ ...nobody, home: '' }))).toBe(
    'worker@<host> reads / and /srv/a @ 3',
  );
});
