import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { look } from './look.ts';
import { findings, folderWith } from './testing/findings.ts';

function fixture(name: string): string {
  return path.join(import.meta.dirname, 'fixtures', name);
}

test.each(['healthy-bullmq', 'healthy-celery'])('nothing applies to %s', async (name) => {
  expect(await findings(fixture(name))).toEqual([]);
});

test('a project with BullMQ in trouble', async () => {
  const found = await findings(fixture('bullmq-in-trouble'));
  expect(found).toEqual(
    expect.arrayContaining([
      'BUG-011 sure: bullmq 6.3.2 is known to fail (package-lock.json:6)',
      'BUG-015 sure: service worker: REDIS_URL names localhost, which in a container is the container itself (docker-compose.yml:5)',
      'BUG-024 sure: service redis: maxmemory-policy is allkeys-lru (docker-compose.yml:8)',
      'BUG-056 perhaps: service worker: a shell is process 1, and need not pass SIGTERM on (Dockerfile:4)',
    ]),
  );
  expect(found.join('\n')).not.toContain('hunter2');
});

test('a project with Celery in trouble, in two folders', async () => {
  expect(await findings(fixture('celery-in-trouble'))).toEqual(
    expect.arrayContaining([
      'BUG-022 sure: kombu 5.3.7 is known to fail (app/requirements.txt:2)',
      'BUG-026 sure: service worker: CELERY_BROKER_URL has no ssl_cert_reqs (compose.yaml:6)',
      'BUG-029 sure: service beat: it is started 2 times (compose.yaml:10)',
      'BUG-032 sure: service worker: all its replicas have one node name (compose.yaml:4)',
      'BUG-016 perhaps: service worker: CELERY_BROKER_URL names cache, which is no service of this file (compose.yaml:6)',
      'BUG-018 perhaps: service cpu: its memory is limited (compose.yaml:13)',
      'BUG-049 perhaps: service worker: its pool is gevent (compose.yaml:4)',
      'BUG-033 perhaps: service worker: it writes a pidfile (compose.yaml:4)',
    ]),
  );
});

test('each part of a project of several is looked at with its own lock file', async () => {
  expect(await findings(fixture('monorepo'))).toEqual(
    expect.arrayContaining([
      'BUG-011 sure: bullmq 6.3.2 is known to fail (api/pnpm-lock.yaml:3)',
      'BUG-057 sure: ioredis 5.9.0 is known to fail (mailer/yarn.lock:7)',
      'BUG-004 sure: packaging is not there (reports/poetry.lock:undefined)',
      'BUG-064 perhaps: bullmq 6.7.0 is used (scripts/bun.lock:4)',
      'BUG-064 perhaps: bun 1.1.24 is known to fail (scripts/Dockerfile:2)',
    ]),
  );
});

describe('what cannot be read is told with file and line, and the rest is read', () => {
  const lock = '{\n  "packages": {\n    "node_modules/bullmq": { "version": "6.3.2" }\n  }\n}\n';
  test.each<[string, string, string]>([
    ['package-lock.json', '{\n  "packages": {\n    oops\n', 'package-lock.json:3: expected'],
    ['package-lock.json', '{\n<<<<<<< ours\n', 'package-lock.json:2: expected'],
    ['pnpm-lock.yaml', 'packages:\n  a: b: c\n', 'pnpm-lock.yaml:2: expected'],
    ['poetry.lock', '[[package]]\nname = "celery"\nversion = \n', 'poetry.lock:3: expected'],
    ['bun.lock', '{\n "packages": {\n  oops', 'bun.lock:3: expected'],
    ['yarn.lock', '\n<<<<<<< ours\n', 'yarn.lock:2: expected'],
    ['bun.lockb', '\0', 'bun install --save-text-lockfile'],
    ['package.json', '{\n "dependencies": [\n', 'package.json:3: expected'],
    ['pyproject.toml', '[project\n', 'pyproject.toml:1: expected'],
    ['compose.yaml', 'services:\n  a: [\n', 'compose.yaml:3:1: expected a compose file'],
  ])('%s %j', async (name, text, message) => {
    await using folder = await folderWith({ [name]: text, 'api/package-lock.json': lock });
    const { facts, problems } = await look(folder.path);
    expect(problems.map((one) => one.message)).toEqual([expect.stringContaining(message)]);
    expect(facts.projects.flatMap(({ packages }) => packages)).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({
          version: '6.3.2',
          place: { file: 'api/package-lock.json', line: 3 },
        }),
      ]) as unknown[],
    );
  });

  test('a folder that is not there', async () => {
    await expect(look(fixture('no-such-project'))).rejects.toThrow(
      /expected a folder that can be read, got .*no-such-project/,
    );
  });
});
