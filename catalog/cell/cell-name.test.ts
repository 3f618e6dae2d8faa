import { expect, test } from 'vitest';
import { cellName, type Cell } from './cell.ts';
import { installName } from './install.ts';

const cell: Cell = {
  engine: 'celery',
  version: '5.7.0',
  pool: 'solo',
  platform: 'linux',
  launch: 'plain',
};

test('a cell is named by everything that sets it apart', () => {
  expect(cellName(cell)).toBe('celery-5.7.0.solo.linux');
  expect(cellName({ ...cell, launch: 'container', shm: '0755', python: '3.11' })).toBe(
    'celery-5.7.0.solo.linux.container.shm-0755.python-3.11',
  );
  expect(cellName({ ...cell, launch: 'venv', install: ['celery', 'redis'] })).toBe(
    'celery-5.7.0.solo.linux.venv.pip_celery_redis',
  );
});

test('what pip is told apart has names apart, fit for files and addresses', () => {
  const lines = [
    ['celery', 'redis'],
    ['celery[redis]'],
    ['celery[redis]', 'packaging'],
    ['celery', 'redis', 'kombu==5.6.2'],
    ['celery', 'redis', 'kombu', 'click-repl'],
    ['celery', 'kombu[redis]==5.6.2'],
  ];
  const names = lines.map((line) => installName(line, 'celery'));
  expect(new Set(names).size).toBe(lines.length);
  for (const name of names) expect(name).toMatch(/^[\w.~-]+$/);
});
