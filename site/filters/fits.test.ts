import { expect, it } from 'vitest';
import { fits, statusOf, type Listed, type Wanted } from './fits.ts';

const bug: Listed = {
  text: 'LaneError: the lane is closed',
  engine: 'bullmq',
  topic: 'windows',
  platforms: ['wine', 'linux'],
  pools: ['prefork'],
  versions: [
    { version: '6.1.0', status: 'fails' },
    { version: '6.2.0', status: 'works' },
    { version: '6.3.0', status: 'not run' },
  ],
};
const anything: Wanted = { q: '', engine: '', platform: '', pool: '', topic: '', version: '' };

it.each<[Partial<Wanted>, boolean]>([
  [{}, true],
  [{ q: 'closed lane' }, true],
  [{ q: 'closed door' }, false],
  [{ engine: 'celery' }, false],
  [{ platform: 'win32' }, true],
  [{ platform: 'darwin' }, false],
  [{ pool: 'solo' }, false],
  [{ topic: 'windows' }, true],
  [{ version: '6.1' }, true],
  [{ version: '6' }, true],
  [{ version: '6.2' }, false],
  [{ version: '6.3.0' }, true],
  [{ version: '7' }, true],
  [{ engine: 'bullmq', version: 'v6.1.0', platform: 'win32' }, true],
])('%j: %s', (wanted, isThere) => {
  expect(fits(bug, { ...anything, ...wanted })).toBe(isThere);
});

it('says nothing of a version that did not run', () => {
  expect(statusOf(bug, '6.3')).toBe('not run');
  expect(statusOf(bug, '6.10')).toBe('not run');
  expect(statusOf(bug, '')).toBeUndefined();
});
