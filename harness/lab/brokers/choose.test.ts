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
