import { describe, expect, test } from 'vitest';
import { findings, folderWith } from './testing/findings.ts';

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
      'a Bun of a Dockerfile in a folder of its own',
      {
        'package.json': '{"dependencies":{"bullmq":"6.7.0","ioredis":"6.0.0"}}',
        'docker/worker.Dockerfile': 'FROM oven/bun:1.1.24\nCMD ["bun", "a.ts"]\n',
      },
      'BUG-064 perhaps',
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
