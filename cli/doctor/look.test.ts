import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { examine } from '../../catalog/doctor/examine.ts';
import { makeTemporaryFolder } from '../../catalog/testing/temporary-folder.ts';
import { createHistoryLookUp } from '../../catalog/verdict/history-look-up.ts';
import { readWriteups } from '../../catalog/writeup/read.ts';
import { look } from './look.ts';

const lookUp = createHistoryLookUp();
const writeups = readWriteups();
/** Findings must not depend on the machine that runs the tests. */
const machine = {
  platform: { value: 'linux', place: {} },
  venv: { value: false, place: {} },
  shm: { value: 'writable', place: {} },
  'memory-limit': { value: false, place: {} },
  'told-to-spawn': { value: false, place: {} },
};

/** `BUG-011 sure: bullmq 6.3.2 is known to fail (package-lock.json:6)`, a line for each reason. */
async function findings(folder: string): Promise<string[]> {
  const { facts, problems } = await look(folder);
  expect(problems).toEqual([]);
  return examine({ ...facts, machine }, writeups, lookUp).flatMap(({ bug, level, because }) =>
    because.map(({ says, place: { file, line } }) => `${bug} ${level}: ${says} (${file}:${line})`),
  );
}

function fixture(name: string): string {
  return path.join(import.meta.dirname, 'fixtures', name);
}

/** A folder with these files. */
async function folderWith(files: Readonly<Record<string, string>>) {
  const folder = await makeTemporaryFolder('doctor');
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder.path, ...name.split('/'));
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  return folder;
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
      'BUG-064 perhaps: bun 1.1.24 is known to fail (scripts/Dockerfile:2)',
    ]),
  );
});

describe('what is no trouble', () => {
  test.each<[string, Record<string, string>]>([
    ['a folder with nothing', {}],
    ['another library', { 'requirements.txt': 'django==5.2\n' }],
    [
      'Redis of a project without a queue',
      {
        'package.json': '{"dependencies":{"express":"5.3.0"}}',
        'compose.yaml':
          'services:\n  redis:\n    image: redis:8\n    command: redis-server --maxmemory-policy allkeys-lru\n',
      },
    ],
    [
      'a host that extra_hosts, an alias or another network names',
      {
        'package.json': '{"dependencies":{"bullmq":"6.7.0","ioredis":"6.0.0"}}',
        'compose.yaml': `services:
  a: { image: x, environment: { REDIS_HOST: one }, extra_hosts: ['one:10.0.0.1'] }
  b: { image: x, environment: { REDIS_HOST: two } }
  c: { image: x, environment: { REDIS_HOST: three }, networks: [far] }
  d: { image: x, environment: { REDIS_HOST: redis.example.org } }
  e: { image: x, environment: { REDIS_HOST: localhost }, network_mode: host }
  redis: { image: 'redis:8', networks: { default: { aliases: [two] } } }
networks: { far: { external: true } }
`,
      },
    ],
    [
      'programs that pass signals on',
      {
        'package.json': '{"dependencies":{"bullmq":"6.7.0","ioredis":"6.0.0"}}',
        Dockerfile: 'FROM node:24\nENTRYPOINT ["tini", "--"]\nCMD npm start\n',
        'b.Dockerfile': 'FROM node:24\nCMD exec node worker.js\n',
        'c/Dockerfile': 'FROM node:24\nCMD ["npm", "start"]\n',
        'c/compose.yaml':
          'services:\n  w:\n    build: .\n    command: node worker.js\n  x:\n    build: .\n    init: true\n',
      },
    ],
    [
      'requirements that do not pin all',
      { 'requirements.txt': 'celery==5.7.0\nkombu==5.7.0\nredis==8.1.0\n' },
    ],
  ])('%s', async (_what, files) => {
    await using folder = await folderWith(files);
    expect(await findings(folder.path)).toEqual([]);
  });
});

describe('the same facts in other forms', () => {
  const bullmq = { 'package.json': '{"dependencies":{"bullmq":"6.7.0","ioredis":"6.0.0"}}' };
  const celery = { 'requirements.txt': 'celery[redis]==5.7.0\n' };
  test.each<[string, Record<string, string>, string]>([
    [
      'npm as process 1',
      { ...bullmq, Dockerfile: 'FROM node:24\nCMD ["npm", "start"]\n' },
      'BUG-056 perhaps',
    ],
    [
      'the command of an earlier stage',
      { ...bullmq, Dockerfile: 'FROM node:24 AS base\nCMD yarn start\nFROM base\nRUN true\n' },
      'BUG-056 perhaps',
    ],
    [
      'npm in the command of a compose file',
      { ...bullmq, 'compose.yml': 'services:\n  w:\n    image: x\n    command: npm run worker\n' },
      'BUG-056 perhaps',
    ],
    [
      'a host in a list, in an env_file, with a fallback',
      {
        ...bullmq,
        'docker-compose.prod.yml': 'services:\n  w:\n    image: x\n    env_file: worker.env\n',
        'worker.env': '# Redis\nREDIS_HOST=127.0.0.1\n',
      },
      'BUG-015 sure',
    ],
    [
      'a default of a variable',
      {
        ...bullmq,
        'compose.yml':
          "services:\n  w:\n    image: x\n    environment: ['REDIS_URL=${NOT_SET:-redis://localhost}']\n",
      },
      'BUG-015 sure',
    ],
    [
      'the environment of an image, which whoever runs it may change',
      {
        ...bullmq,
        Dockerfile: 'FROM node:24\nENV REDIS_URL=redis://localhost:6379\nCMD ["node", "a.js"]\n',
      },
      'BUG-015 perhaps',
    ],
    [
      'a policy in redis.conf',
      {
        ...bullmq,
        'compose.yml':
          "services:\n  redis:\n    image: valkey/valkey:9\n    volumes: ['./redis.conf:/etc/redis.conf']\n",
        'redis.conf': '# memory\nmaxmemory-policy allkeys-lfu\n',
      },
      'BUG-024 sure',
    ],
    [
      'one of two Redis',
      {
        ...bullmq,
        'compose.yml':
          'services:\n  cache:\n    image: redis:8\n    command: redis-server --maxmemory-policy=allkeys-lru\n  queue:\n    image: redis:8\n',
      },
      'BUG-024 perhaps',
    ],
    [
      'a beat inside of replicated workers',
      {
        ...celery,
        'compose.yml':
          'services:\n  w:\n    image: x\n    command: sh -c "cd app && celery -A x worker -B -c 2"\n    scale: 2\n',
      },
      'BUG-029 sure',
    ],
    [
      'solo with RabbitMQ',
      {
        ...celery,
        'compose.yml':
          'services:\n  w:\n    image: x\n    command: python -m celery -A x worker -Psolo\n  mq:\n    image: rabbitmq:4-management\n',
      },
      'BUG-045 perhaps',
    ],
    [
      'a container without /dev/shm',
      {
        ...celery,
        'compose.yml':
          'services:\n  w:\n    image: x\n    command: celery -A x worker -c 1\n    ipc: none\n',
      },
      'BUG-003 sure',
    ],
    [
      'Dragonfly without its flag',
      {
        ...bullmq,
        'compose.yml': 'services:\n  d:\n    image: docker.dragonflydb.io/dragonflydb/dragonfly\n',
      },
      'BUG-050 perhaps',
    ],
    [
      'a short time to stop',
      {
        ...bullmq,
        'compose.yml': 'services:\n  w:\n    image: x\n    stop_grace_period: 1s500ms\n',
      },
      'BUG-078 perhaps',
    ],
    [
      'a Bun that packageManager names',
      {
        'package.json':
          '{"dependencies":{"bullmq":"6.7.0","ioredis":"6.0.0"},"packageManager":"bun@1.1.24"}',
      },
      'BUG-064 perhaps',
    ],
    [
      'a Node of .nvmrc with an old BullMQ',
      {
        'package.json': '{"dependencies":{"bullmq":"4.15.1","ioredis":"5.4.1"}}',
        '.nvmrc': 'v18\n',
      },
      'BUG-046 perhaps',
    ],
    [
      'a Procfile',
      {
        ...celery,
        'django/requirements.txt': '',
        'requirements.txt': 'celery\nDjango>=5\n',
        Procfile: 'web: gunicorn x\nworker: celery -A x worker --pool gevent\n',
      },
      'BUG-049 perhaps',
    ],
  ])('%s', async (_what, files, expected) => {
    await using folder = await folderWith(files);
    const found = new Set((await findings(folder.path)).map((line) => line.split(':')[0]));
    expect([...found]).toContain(expected);
  });
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
