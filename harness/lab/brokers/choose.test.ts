import { expect, test, vi } from 'vitest';
import { chooseBroker } from './choose.ts';
import { plainly } from './need.ts';
import { whyNoServer } from './redis/choose.ts';

test.each([
  ['linux', 'apt-get install redis-server'],
  ['darwin', 'brew install redis'],
  ['win32', 'POOLPROOF_REDIS=memurai'],
])('on %s a missing server is answered with what to do there', (platform, remedy) => {
  expect(whyNoServer(platform)).toContain(remedy);
});

test('a server named by POOLPROOF_REDIS is taken, or refused by that name', async () => {
  const choose = async (server: string) => {
    vi.stubEnv('POOLPROOF_REDIS', server);
    const redis = await chooseBroker('native', plainly('redis'), () => undefined);
    vi.unstubAllEnvs();
    return redis;
  };
  // Node stands for it: all that is asked of a server is its version.
  expect(await choose(process.execPath)).toEqual({ how: 'native', file: process.execPath });
  expect(await choose('no-such-server')).toEqual({
    how: 'missing',
    reason: 'no server at POOLPROOF_REDIS=no-such-server; name one that starts, or unset it',
  });
});

test('a server of a version is named by POOLPROOF_REDIS_ and that version, as a program or a URL', async () => {
  const choose = (version: string) =>
    chooseBroker('auto', { ...plainly('redis'), version }, () => undefined);
  vi.stubEnv('POOLPROOF_REDIS_5_0', process.execPath);
  vi.stubEnv('POOLPROOF_REDIS_VALKEY_8_1', 'redis://127.0.0.1:7001/15');
  await expect(choose('5.0')).resolves.toEqual({ how: 'native', file: process.execPath });
  await expect(choose('valkey-8.1')).resolves.toEqual({
    how: 'url',
    url: 'redis://127.0.0.1:7001/15',
  });
  vi.unstubAllEnvs();
});

test('a version that is not to be had here is refused rung by rung', async () => {
  const need = { ...plainly('redis'), version: '1.2' };
  await expect(chooseBroker('native', need, () => undefined)).resolves.toMatchObject({
    how: 'missing',
  });
  await expect(chooseBroker('fetched', need, () => undefined)).resolves.toEqual({
    how: 'missing',
    reason: `no package has 1.2 for ${process.platform} ${process.arch}`,
  });
});

test.each([
  ['auto', 'any', /^(?:container|native|fetched|embedded)$/],
  ['embedded', 'any', /^embedded$/],
  ['postgres://h/d', 'any', /^url$/],
  ['embedded', 'redis', /^missing$/],
  ['fetched', 'rabbitmq', /^missing$/],
  ['fetched', 'postgres', /^embedded$/],
] as const)('asked for %s, %s is had so', async (asked, kind, how) => {
  const choice = await chooseBroker(asked, plainly(kind), () => undefined);
  expect(choice.how).toMatch(how);
});
