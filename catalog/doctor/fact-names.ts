import { z } from 'zod';

/** A value of a fact: a word, a number, or whether something is so. */
export type FactValue = string | number | boolean;

/** What can be known of something, and how a rule asks for it. */
export interface FactName {
  /** For the reference of the frontmatter. */
  readonly what: string;
  /** The words it may be; or `number`, or `flag`. Words that are not known beforehand: `word`. */
  readonly values: readonly [string, ...string[]] | 'word' | 'number' | 'flag';
  /** The fact in words, as the reason for a finding. */
  readonly says: (value: FactValue) => string;
  /** It only says which processes are meant, and is told where nothing else is. */
  readonly isBackground?: true;
}

/** What the machine is that doctor runs on. */
export const machineFacts = {
  platform: {
    what: 'Its operating system.',
    values: ['linux', 'darwin', 'win32'],
    says: (value) => `this machine is ${value}`,
  },
  venv: {
    what: 'Whether a virtual environment of Python is active, or lies in the folder.',
    values: 'flag',
    says: (value) => (value ? 'there is a virtual environment' : 'no virtual environment was seen'),
  },
  shm: {
    what: 'What /dev/shm is to the user who runs doctor. Linux alone.',
    values: ['writable', 'not writable', 'missing'],
    says: (value) => `/dev/shm is ${value}`,
  },
  'memory-limit': {
    what: 'Whether its control group limits the memory, as in a container.',
    values: 'flag',
    says: (value) => (value ? 'the memory is limited by a control group' : 'no limit of memory'),
  },
  'told-to-spawn': {
    what: 'Whether FORKED_BY_MULTIPROCESSING is set, which tells children of Celery that they were spawned.',
    values: 'flag',
    says: (value) => `FORKED_BY_MULTIPROCESSING is ${value ? '' : 'not '}set`,
  },
} as const satisfies Record<string, FactName>;

/** What the broker says of itself; of one in a compose file, what is written there. */
export const brokerFacts = {
  kind: {
    what: 'What it is.',
    values: ['redis', 'valkey', 'dragonfly', 'rabbitmq', 'postgres'],
    says: (value) => `the broker is ${value}`,
  },
  'maxmemory-policy': {
    what: 'What Redis throws away when its memory is full.',
    values: 'word',
    says: (value) => `maxmemory-policy is ${value}`,
  },
  'memory-percent': {
    what: 'How much of maxmemory is used. Unknown where there is no limit.',
    values: 'number',
    says: (value) => `${value} % of maxmemory is used`,
  },
  'clients-percent': {
    what: 'How many of maxclients are connected.',
    values: 'number',
    says: (value) => `${value} % of maxclients are connected`,
  },
  role: {
    what: 'Whether writes are taken.',
    values: ['primary', 'read-only replica', 'writable replica'],
    says: (value) => `it is a ${value}`,
  },
  replicas: {
    what: 'How many replicas are connected.',
    values: 'number',
    says: (value) => `it has ${value} connected replica${value === 1 ? '' : 's'}`,
  },
  cluster: {
    what: 'Whether it is a node of a cluster.',
    values: 'flag',
    says: (value) => (value ? 'it is a node of a cluster' : 'it is no cluster'),
  },
  password: {
    what: 'Whether its URL has a password.',
    values: 'flag',
    says: (value) => (value ? 'it has a password' : 'its URL has no password'),
  },
  loading: {
    what: 'Whether it is reading its data set into memory.',
    values: 'flag',
    says: (value) => (value ? 'it is loading its data set' : 'its data set is loaded'),
  },
  'snapshots-fail': {
    what: 'Whether it refuses writes because its last snapshot failed.',
    values: 'flag',
    says: (value) =>
      value ? 'its last snapshot failed, and it refuses writes for it' : 'its snapshots succeed',
  },
  'undeclared-keys': {
    what: 'Whether a Dragonfly lets scripts use keys that they did not declare.',
    values: ['allowed', 'refused', 'unknown'],
    says: (value) =>
      value === 'unknown'
        ? 'it does not tell whether scripts may use undeclared keys'
        : `undeclared keys of scripts are ${value}`,
  },
  error: {
    what: 'Why it could not be asked: the code of the error, or the first word of its answer.',
    values: 'word',
    says: (value) => `it answers ${value}`,
  },
  scheme: {
    what: 'How its URL begins.',
    values: 'word',
    says: (value) => `its URL begins with ${value}://`,
  },
  'ssl-cert-reqs': {
    what: 'Whether its URL says ssl_cert_reqs, or another option that Celery takes for it.',
    values: 'flag',
    says: (value) => `its URL has ${value ? '' : 'no '}ssl_cert_reqs`,
  },
} as const satisfies Record<string, FactName>;

/** What is known of a process: a service of a compose file, the image of a Dockerfile, a line of a Procfile. */
export const processFacts = {
  runs: {
    what: 'What its command starts.',
    values: ['celery worker', 'celery beat', 'other'],
    isBackground: true,
    says: (value) => `it runs ${value}`,
  },
  beat: {
    what: 'Whether it is a beat, or a worker with one inside (-B).',
    values: 'flag',
    says: (value) => (value ? 'it runs a beat' : 'it runs no beat'),
  },
  pool: {
    what: 'The pool of a Celery worker; prefork where its command names none.',
    values: 'word',
    says: (value) => `its pool is ${value}`,
  },
  concurrency: {
    what: 'Whether the command of a Celery worker says how many tasks run at once.',
    values: ['set', 'not set'],
    says: (value) => (value === 'set' ? 'it sets --concurrency' : 'it sets no --concurrency'),
  },
  nodename: {
    what: 'Whether each replica of a Celery worker has a name of its own.',
    values: ['own', 'same'],
    says: (value) =>
      value === 'same' ? 'all its replicas have one node name' : 'each has a node name of its own',
  },
  pidfile: {
    what: 'Whether its command names a file for its process id.',
    values: ['named', 'none'],
    says: (value) => (value === 'named' ? 'it writes a pidfile' : 'it writes no pidfile'),
  },
  container: {
    what: 'Whether it runs in a container.',
    values: 'flag',
    isBackground: true,
    says: (value) => (value ? 'it runs in a container' : 'it runs in no container'),
  },
  replicas: {
    what: 'How many of it are started.',
    values: 'number',
    says: (value) => `it is started ${value} time${value === 1 ? '' : 's'}`,
  },
  'memory-limit': {
    what: 'Whether its memory is limited.',
    values: 'flag',
    says: (value) => (value ? 'its memory is limited' : 'its memory has no limit'),
  },
  'stop-grace-seconds': {
    what: 'How long it may take to stop before it is killed.',
    values: 'number',
    says: (value) => `it is killed ${value} s after it was asked to stop`,
  },
  ipc: {
    what: 'The ipc mode of its container, where one is set: `none` leaves it without /dev/shm.',
    values: 'word',
    says: (value) => `ipc is ${value}`,
  },
  'process-1': {
    what: 'What becomes process 1 of its container: the program, an init, or what need not pass signals on.',
    values: ['program', 'init', 'npm', 'shell'],
    says: (value) =>
      value === 'npm' || value === 'shell'
        ? `${value === 'npm' ? 'a package manager' : 'a shell'} is process 1, and need not pass SIGTERM on`
        : `process 1 is the ${value}`,
  },
  'broker-host': {
    what: 'Where its environment says that the broker is.',
    values: ['loopback', 'no service', 'elsewhere'],
    says: (value) =>
      value === 'loopback'
        ? 'a variable names localhost, which in a container is the container itself'
        : value === 'no service'
          ? 'a variable names a host that is no service of this file'
          : 'its environment names a broker',
  },
  'broker-scheme': {
    what: 'How the broker’s URL in its environment begins.',
    values: 'word',
    says: (value) => `the broker’s URL in its environment begins with ${value}://`,
  },
  'broker-ssl-cert-reqs': {
    what: 'Whether that URL says ssl_cert_reqs.',
    values: 'flag',
    says: (value) => `that URL has ${value ? '' : 'no '}ssl_cert_reqs`,
  },
} as const satisfies Record<string, FactName>;

export const sheets = {
  machine: machineFacts,
  broker: brokerFacts,
  process: processFacts,
} as const;
export type SheetName = keyof typeof sheets;

/** What a rule may ask of a fact: a value, one of several, `!= word`, or a comparison of numbers. */
export type Wanted = FactValue | readonly FactValue[];

const comparison = /^(=|!=|<=?|>=?) -?\d+(\.\d+)?$/;

/** How a rule writes what it asks of a fact. */
export function wantedSchema({ values, what }: FactName): z.ZodType {
  return schemaOf(values).describe(what);
}

function schemaOf(values: FactName['values']): z.ZodType {
  if (values === 'flag') return z.boolean();
  if (values === 'number') {
    return z
      .string()
      .regex(comparison, 'a comparison such as ">= 80"')
      .meta({ examples: ['>= 80', '> 1'] });
  }
  if (values === 'word') {
    const word = z.string().min(2);
    return z.union([word, z.array(word).min(1)]);
  }
  const one = z
    .string()
    .regex(
      new RegExp(`^(!= )?(${values.join('|')})$`),
      `${values.join(' or ')}, or != and one of them`,
    )
    .meta({ examples: [...values, `!= ${values[0]}`] });
  return z.union([one, z.array(z.enum(values)).min(1)]);
}
