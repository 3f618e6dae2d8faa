import { expect, test } from 'vitest';
import { whyNoServer } from './choose.ts';

test.each([
  ['linux', 'apt-get install redis-server'],
  ['darwin', 'brew install redis'],
  ['win32', 'start one elsewhere (WSL, another machine) and name it: --broker redis://'],
])('on %s a missing server is answered with what to do there', (platform, remedy) => {
  expect(whyNoServer(platform)).toContain(remedy);
});
