import { z } from 'zod';
import type { Dimension } from './dimension.ts';
import { installCommand, installName } from './install.ts';
import {
  brokerKinds,
  emulations,
  exactVersion,
  kebab,
  launches,
  minorPython,
  nodeVersion,
  platforms,
  pools,
  requirement,
  serverVersion,
  shms,
  topologies,
  type Platform,
  type Pool,
} from './values.ts';

/** Platforms as their users call them. */
export const platformNames: Readonly<Record<Platform, string>> = {
  linux: 'Linux',
  darwin: 'macOS',
  win32: 'Windows',
  wine: 'Wine',
};

const bullmqPools: Partial<Record<Pool, string>> = {
  solo: 'in-process function',
  prefork: 'sandboxed child process',
  threads: 'sandboxed worker thread',
};

const launchWords = {
  plain: 'outside of a virtual environment',
  venv: 'in a virtual environment',
  container: 'in a container',
} as const;

const shmWords = {
  '0755': '/dev/shm of mode 0755',
  '1777': '/dev/shm of mode 1777',
  full: 'full /dev/shm',
  missing: 'missing /dev/shm',
} as const;

const brokerWords: Partial<Record<(typeof brokerKinds)[number], string>> = {
  any: 'any broker',
  nothing: 'no broker',
};

/** Checks an entry against the type of its values, and keeps its own type: its key, its list, its presence. */
function dimension<
  Schema extends z.ZodType,
  const Entry extends { list: string; presence: Dimension['presence'] },
>(
  entry: Entry & { value: Schema } & Dimension<z.output<Schema>>,
): Entry & { value: Schema } & Dimension<z.output<Schema>> {
  return entry;
}

const onlyCelery = { celery: 'any', bullmq: [] } as const;
const onlyBullmq = { celery: [], bullmq: 'any' } as const;

/**
 * Everything by which the runs of a claim may differ. Cells, file names, the schema of `run`, `except`
 * and `usually`, matrices, rows and words are read from here, so that a new one is an entry here and
 * nothing else. What the entries are called in evidence is their key: it is never changed.
 */
export const dimensions = {
  version: dimension({
    written: 'version',
    list: 'versions',
    what: 'Exact engine versions.',
    value: exactVersion,
    presence: 'asked',
    shown: 'version',
    order: 'number',
    fileName: (version, engine) => `${engine}-${version}`,
    words: (version) => version,
  }),
  pool: dimension({
    written: 'pool',
    list: 'pools',
    what: 'How jobs are executed. For BullMQ: `solo` in process, `prefork` a child process, `threads` a worker thread.',
    value: z.enum(pools),
    presence: 'asked',
    of: { celery: 'any', bullmq: ['prefork', 'solo', 'threads'] },
    shown: 'pool',
    order: 'as written',
    fileName: (pool) => pool,
    words: (pool, engine) => (engine === 'bullmq' ? (bullmqPools[pool] ?? pool) : pool),
    brief: (pool) => pool,
  }),
  platform: dimension({
    written: 'platforms',
    list: 'platforms',
    what: 'The platforms the sentence speaks of. `windows` is win32 and wine, `unix` linux and darwin, `everywhere` all four.',
    value: z.enum(platforms),
    groups: { windows: ['win32', 'wine'], unix: ['linux', 'darwin'], everywhere: platforms },
    presence: 'asked',
    acrossEngines: true,
    shown: 'platform',
    order: platforms,
    fileName: (platform) => platform,
    words: (platform) => platformNames[platform],
  }),
  launch: dimension({
    written: 'launch',
    list: 'launches',
    what: 'What surrounds the interpreter and changes the outcome.',
    value: z.enum(launches),
    presence: 'always',
    usual: 'plain',
    shown: 'part',
    order: launches,
    fileName: (launch) => (launch === 'plain' ? undefined : launch),
    words: (launch) => launchWords[launch],
    brief: (launch) => launch,
  }),
  emulate: dimension({
    written: 'emulate',
    list: 'emulate',
    what: '`spawn`: children are spawned and Celery is told that it is on Windows, on another platform.',
    value: z.enum(emulations),
    presence: 'sometimes',
    of: onlyCelery,
    shown: 'condition',
    order: emulations,
    fileName: (emulation) => emulation,
    words: (emulation) => `emulated: ${emulation}`,
    sentence: (emulation) => `${emulation} emulated`,
  }),
  shm: dimension({
    written: 'shm',
    list: 'shm',
    what: '/dev/shm, imposed: of this mode and owned by another user, with room for one semaphore (`full`), or none.',
    value: z.enum(shms),
    presence: 'sometimes',
    shown: 'condition',
    order: shms,
    fileName: (shm) => `shm-${shm}`,
    words: (shm) => `imposed: ${shmWords[shm]}`,
    sentence: (shm) => `${shmWords[shm]} imposed`,
  }),
  install: dimension({
    written: 'install',
    list: 'installs',
    what: 'What pip or npm installs, the engine at the version of the run. Left out: the engine with what it needs for Redis, and more.',
    value: z.array(requirement).min(1),
    presence: 'sometimes',
    shown: 'part',
    order: 'as written',
    fileName: (install, engine) => installName(install, engine),
    words: (install, engine) => installCommand(install, engine),
    brief: (install) => install.join(' '),
  }),
  python: dimension({
    written: 'python',
    list: 'python',
    what: 'Minor versions of Python. Left out: the one that the platform has.',
    value: minorPython,
    presence: 'sometimes',
    of: onlyCelery,
    shown: 'part',
    order: 'number',
    fileName: (python) => `python-${python}`,
    words: (python) => `Python ${python}`,
    brief: (python) => python,
  }),
  node: dimension({
    written: 'node',
    list: 'node',
    what: 'Versions of Node, as far as they matter. Left out: the one that runs the harness.',
    value: nodeVersion,
    presence: 'sometimes',
    of: onlyBullmq,
    shown: 'part',
    order: 'number',
    fileName: (node) => `node-${node}`,
    words: (node) => `Node ${node}`,
  }),
  ioredis: dimension({
    written: 'ioredis',
    list: 'ioredis',
    what: 'Exact versions of ioredis, the client of Redis. Left out: the one that npm takes for the engine.',
    value: exactVersion,
    presence: 'sometimes',
    of: onlyBullmq,
    shown: 'part',
    order: 'number',
    fileName: (ioredis) => `ioredis-${ioredis}`,
    words: (ioredis) => `ioredis ${ioredis}`,
  }),
  broker: dimension({
    written: 'needs',
    list: 'needs',
    what: 'The broker the run needs. `any`: it does not depend on Redis, so that the embedded PostgreSQL will do.',
    value: z.enum(brokerKinds),
    presence: 'sometimes',
    usual: 'redis',
    of: {
      celery: ['redis', 'rabbitmq', 'nothing'],
      bullmq: ['redis', 'postgres', 'any', 'nothing'],
    },
    shown: 'part',
    order: brokerKinds,
    fileName: (kind) => (kind === 'rabbitmq' ? kind : undefined),
    words: (kind) => brokerWords[kind] ?? kind,
  }),
  server: dimension({
    written: 'server',
    list: 'servers',
    what: 'Versions of the broker, as far as they matter: "7.0", "valkey-9.1", or the oldest that will do, ">=6.2".',
    value: serverVersion,
    presence: 'sometimes',
    shown: 'part',
    order: 'number',
    fileName: (server) => `server-${server.replace('>=', 'from-')}`,
    words: (server) => `server ${server.replace('>=', 'from ').replace('valkey-', 'Valkey ')}`,
    sentence: (server) => `server ${server.replace('>=', 'from ').replace('valkey-', 'Valkey ')}`,
  }),
  topology: dimension({
    written: 'topology',
    list: 'topologies',
    what: 'How the servers of Redis hang together.',
    value: z.enum(topologies),
    presence: 'sometimes',
    usual: 'single',
    shown: 'condition',
    order: topologies,
    fileName: (topology) => (topology === 'single' ? undefined : topology),
    words: (topology) => `broker: ${topology}`,
    sentence: (topology) => `broker: ${topology}`,
  }),
  tls: dimension({
    written: 'tls',
    list: 'tls',
    what: 'Whether the broker is reached by TLS.',
    value: z.boolean(),
    presence: 'sometimes',
    usual: false,
    shown: 'condition',
    order: [false, true],
    fileName: (tls) => (tls ? 'tls' : undefined),
    words: (tls) => (tls ? 'by TLS' : 'without TLS'),
    sentence: (tls) => (tls ? 'by TLS' : 'without TLS'),
  }),
  config: dimension({
    written: 'config',
    list: 'configs',
    what: 'Names of `configs` of this write-up: what the broker is told at its start.',
    value: kebab,
    presence: 'sometimes',
    shown: 'condition',
    order: 'as written',
    fileName: (config) => `config-${config}`,
    words: (config) => `broker configured: ${config}`,
    sentence: (config) => `broker configured: ${config}`,
  }),
};
