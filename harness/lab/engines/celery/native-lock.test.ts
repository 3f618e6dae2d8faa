import { expect, test } from 'vitest';
import { pinsOf, readNativeLock } from './native-lock.ts';

test('a lock tells the oldest Python that its Celery is for, and pins everything with a hash', async () => {
  const lock = await readNativeLock({ version: '5.7.0' });
  expect(lock.oldestPython).toBe('3.10');
  const pins = lock.text.match(/^\S+==/gm) ?? [];
  expect(pins.length).toBeGreaterThan(15);
  for (const entry of lock.text.split(/^(?=\S+==)/m).slice(1)) expect(entry).toContain('--hash=');
});

test('what a claim has installed is locked apart from the usual', async () => {
  const pins = async (install?: string[]) =>
    pinsOf(await readNativeLock({ version: '5.7.0', install }));
  expect(await pins(['celery', 'redis'])).not.toMatch(/^packaging==/m);
  expect(await pins(['celery[redis]'])).toMatch(/^packaging==/m);
  expect(await pins()).toMatch(/^gevent==[\d.]+$/m);
});

test('what is not locked says how to lock it', async () => {
  const unlocked = { version: '5.7.0', install: ['celery[redis]', 'numpy'] };
  await expect(readNativeLock(unlocked)).rejects.toThrow(
    'type: node harness/lab/engines/celery/lock.ts 5.7.0 "celery[redis]" numpy',
  );
});
