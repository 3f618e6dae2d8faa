import { describe, expect, test } from 'vitest';
import { Versions } from './versions.ts';

function seen(text: string): string[] {
  const versions = new Versions();
  versions.add(text, 1);
  return versions.list().map(({ package: name, version }) => `${name} ${version}`);
}

describe('versions stand in', () => {
  test.each([
    [
      '    at a (/srv/node_modules/.pnpm/bullmq@5.12.9/node_modules/bullmq/dist/cjs/a.js:1:1)',
      'bullmq 5.12.9',
    ],
    [
      String.raw`    at a (C:\srv\node_modules\.pnpm\bullmq@5.12.9_ioredis@5.4.1\node_modules\b.js:1:1)`,
      'bullmq 5.12.9',
    ],
    ['├── bullmq@5.12.9', 'bullmq 5.12.9'],
    ['bullmq@npm:5.12.9', 'bullmq 5.12.9'],
    ['ioredis 5.4.1', 'ioredis 5.4.1'],
    ['    "bullmq": "5.12.9",', 'bullmq 5.12.9'],
    [' -------------- celery@box v5.4.0 (opalescent)', 'celery 5.4.0'],
    [' -------------- imports@box v5.4.0 (opalescent)', 'celery 5.4.0'],
    ['celery beat v5.4.0 (opalescent) is starting.', 'celery 5.4.0'],
    ['worker-1  |  -------------- celery@7c1f v5.4.0 (opalescent)', 'celery 5.4.0'],
    ['/usr/lib/python3/site-packages/celery-5.4.0.dist-info/METADATA', 'celery 5.4.0'],
    ['Successfully installed celery-5.4.0 kombu-5.4.1', 'celery 5.4.0, kombu 5.4.1'],
    ['Using cached celery-5.4.0-py3-none-any.whl', 'celery 5.4.0'],
    ['celery[redis]==5.4.0', 'celery 5.4.0'],
    ['celery        5.4.0', 'celery 5.4.0'],
    ['software -> celery:5.4.0 (opalescent) kombu:5.4.1 py:3.11.2', 'celery 5.4.0, kombu 5.4.1'],
    ['            billiard:4.2.1 redis:5.0.8', 'billiard 4.2.1, redis 5.0.8'],
    ['Node.js v22.3.0', 'node 22.3.0'],
    ['  File "/usr/lib/python3.11/site-packages/x.py", line 1, in y', 'python 3.11'],
  ])('%s', (text, expected) => {
    expect(seen(text).join(', ')).toBe(expected);
  });
});

describe('no version stands in', () => {
  test.each([
    '"bullmq": "^5.12.9"',
    'bullmq@^5.12.9',
    'celery>=5.4.0',
    'celery@box ready.',
    'celery@10.0.0.7 ready.',
    'redis://redis:6379/0',
    'Connected to redis:6379',
    'my-bullmq-tools@1.2.3',
    'celery-worker-1  | 5.4.0 tasks',
  ])('%s', (text) => {
    expect(seen(text)).toEqual([]);
  });
});

test('each is told once, with its first line', () => {
  const versions = new Versions();
  for (const line of [1, 2, 3]) versions.add('celery==5.4.0', line);
  expect(versions.list()).toEqual([{ package: 'celery', version: '5.4.0', line: 1 }]);
});
