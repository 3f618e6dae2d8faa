import { expect, it } from 'vitest';
import { exampleCell, exampleClaim } from '../testing/example.ts';
import { cellSentence, cellWords, count, day, duration, poolName } from './words.ts';

it('never calls Wine Windows, nor hides that something was imitated', () => {
  const cell = exampleCell(exampleClaim('lanes-open'));
  expect(cellSentence({ ...cell, platform: 'wine' })).toBe('celery 1.0.0 on Wine');
  expect(cellSentence({ ...cell, emulate: 'spawn' })).toBe('celery 1.0.0 on Linux, spawn emulated');
  expect(cellSentence({ ...cell, shm: '0755' })).toBe(
    'celery 1.0.0 on Linux, /dev/shm of mode 0755 imposed',
  );
  expect(cellSentence({ ...cell, shm: 'missing' })).toBe(
    'celery 1.0.0 on Linux, missing /dev/shm imposed',
  );
});

it('tells how the engine was installed as it is typed', () => {
  const cell = exampleCell(exampleClaim('lanes-open'));
  expect(cellWords(cell)).toBe('');
  expect(cellWords({ ...cell, launch: 'venv', install: ['celery[redis]', 'kombu==5.6.2'] })).toBe(
    'in a virtual environment, pip install "celery[redis]" kombu==5.6.2',
  );
});

it('dates in UTC', () => {
  expect(day('2026-11-23T23:59:59.000Z')).toBe('23 Nov 2026');
  expect(day('2026-01-03')).toBe('3 Jan 2026');
});

it.each([
  [850.4, '850 ms'],
  [4200, '4.2 s'],
  [185_000, '3 min 5 s'],
  [119_600, '2 min 0 s'],
])('says %d ms as %s', (milliseconds, said) => {
  expect(duration(milliseconds)).toBe(said);
});

it('counts in the singular and the plural', () => {
  expect([count(0, 'run'), count(1, 'run'), count(2, 'run')]).toEqual([
    '0 runs',
    '1 run',
    '2 runs',
  ]);
});

it('names pools as the users of each engine do', () => {
  expect(poolName('celery', 'prefork')).toBe('prefork');
  expect(poolName('bullmq', 'prefork')).toBe('sandboxed child process');
});
