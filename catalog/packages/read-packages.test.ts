import { describe, expect, test } from 'vitest';
import { readPackages } from './read-packages.ts';

const bullmq = { package: 'bullmq', version: '5.12.9' };
const scoped = { package: '@scope/thing', version: '1.2.3' };
const celery = { package: 'celery', version: '5.4.0' };

const npm = JSON.stringify({
  lockfileVersion: 3,
  packages: {
    '': { name: 'app', version: '1.0.0' },
    'node_modules/bullmq': { version: '5.12.9' },
    'node_modules/a/node_modules/@scope/thing': { version: '1.2.3' },
    'node_modules/alias': { name: 'bullmq', version: '5.12.9' },
    'packages/own': { version: '0.0.1' },
  },
});
const oldNpm = JSON.stringify({
  lockfileVersion: 1,
  dependencies: {
    bullmq: {
      version: '5.12.9',
      requires: {},
      dependencies: { '@scope/thing': { version: '1.2.3' } },
    },
  },
});
const poetry = `
[[package]]
name = "celery"
version = "5.4.0"
optional = false
[package.dependencies]
kombu = ">=5.3.4,<6.0"
[metadata]
lock-version = "2.0"
`;
const requirements = String.raw`# made by pip-compile
-r other.txt
--index-url https://example.org/simple
Celery[redis] == 5.4.0 ; python_version >= "3.8" \
    --hash=sha256:00
kombu>=5
redis @ https://example.org/redis.whl
`;

describe('the packages of', () => {
  test.each([
    ['package-lock.json', npm, [bullmq, scoped]],
    ['npm-shrinkwrap.json', oldNpm, [bullmq, scoped]],
    [
      'pnpm-lock.yaml',
      "lockfileVersion: '9.0'\npackages:\n  bullmq@5.12.9:\n    resolution: {}\n  '@scope/thing@1.2.3':\n    resolution: {}\n",
      [bullmq, scoped],
    ],
    [
      'pnpm-lock.yaml',
      "lockfileVersion: '6.0'\npackages:\n  /bullmq@5.12.9(ioredis@5.4.1):\n    dev: false\n  /@scope/thing@1.2.3:\n    dev: false\n",
      [bullmq, scoped],
    ],
    [
      'pnpm-lock.yaml',
      'lockfileVersion: 5.4\npackages:\n  /bullmq/5.12.9:\n    dev: false\n  /@scope/thing/1.2.3_peer@1.0.0:\n    dev: false\n',
      [bullmq, scoped],
    ],
    [
      'yarn.lock',
      '# yarn lockfile v1\n\n\nbullmq@^5.0.0, bullmq@^5.1.0:\n  version "5.12.9"\n  resolved "https://example.org/x.tgz"\n\n"@scope/thing@~1.2.0":\n  version "1.2.3"\n',
      [bullmq, scoped],
    ],
    [
      'yarn.lock',
      '__metadata:\n  version: 8\n\n"bullmq@npm:^5.0.0":\n  version: 5.12.9\n  resolution: "bullmq@npm:5.12.9"\n\n"@scope/thing@npm:^1.0.0":\n  version: 1.2.3\n',
      [bullmq, scoped],
    ],
    [
      'bun.lock',
      '{\n  "lockfileVersion": 1,\n  "packages": {\n    "bullmq": ["bullmq@5.12.9", "", {}, "sha512-x"],\n    "@scope/thing": ["@scope/thing@1.2.3", "", {}, "sha512-x"],\n  },\n}\n',
      [bullmq, scoped],
    ],
    ['poetry.lock', poetry, [celery]],
    [
      'uv.lock',
      'version = 1\n[[package]]\nname = "app"\nsource = { virtual = "." }\n[[package]]\nname = "celery"\nversion = "5.4.0"\n',
      [celery],
    ],
    ['pdm.lock', poetry, [celery]],
    [
      'Pipfile.lock',
      '{"_meta":{},"default":{"celery":{"version":"==5.4.0"}},"develop":{}}',
      [celery],
    ],
    ['requirements.txt', requirements, [celery]],
    ['requirements-dev.txt', 'celery==5.4.0\r\n', [celery]],
    ['requirements.txt', '', []],
  ])('%s', (name, text, expected) => {
    expect(readPackages(name, text)).toEqual(expected);
  });
});

describe('is refused', () => {
  test.each([
    ['bun.lockb', '', 'bun install --save-text-lockfile'],
    ['Gemfile.lock', '', 'expected package-lock.json, pnpm-lock.yaml'],
    ['package-lock.json', '{', 'expected package-lock.json to hold locked packages'],
    ['package-lock.json', '[]', 'expected package-lock.json to hold locked packages'],
    ['pnpm-lock.yaml', 'a: b', 'expected pnpm-lock.yaml to hold locked packages'],
    ['yarn.lock', '<<<<<<< ours', 'expected yarn.lock to hold locked packages'],
    ['bun.lock', '{"packages": {', 'expected bun.lock to hold locked packages'],
    ['poetry.lock', 'name = ', 'expected poetry.lock to hold locked packages'],
  ])('%s: %j', (name, text, message) => {
    expect(() => readPackages(name, text)).toThrow(message);
  });
});
