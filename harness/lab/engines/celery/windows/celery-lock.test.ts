import { expect, test } from 'vitest';
import { lockedPackages, readCeleryLock } from './celery-lock.ts';

test('what a claim has installed is locked apart from the usual', async () => {
  const celery = { version: '5.7.0', python: '3.11' };
  const named = async (install?: string[]) =>
    lockedPackages(await readCeleryLock({ ...celery, install })).map(({ name }) => name);
  expect(await named(['celery', 'redis'])).not.toContain('packaging');
  expect(await named(['celery[redis]'])).toContain('packaging');
  expect(await named()).toContain('gevent');
});

test('what is not locked says how to lock it', async () => {
  const unlocked = { version: '5.7.0', python: '3.11', install: ['celery', 'redis', 'pytest'] };
  await expect(readCeleryLock(unlocked)).rejects.toThrow(
    'type: node harness/lab/engines/celery/windows/lock-celery.ts 5.7.0 3.11 celery redis pytest',
  );
});
