import type { Writeup } from '../writeup/schema.ts';

/** What tells that a line is worth to be read, by what it would be read for. */
export interface TellingLiterals {
  /** The messages of write-ups, and what may hide them. */
  readonly messages: readonly string[];
  /** The forms of errors; see error-line.ts. */
  readonly errors: readonly string[];
  /** The versions of engines; see versions.ts. */
  readonly versions: readonly string[];
}

/** Characters that no quoting, no escaping and no HTML changes. */
const unchanged = /[\w .,:;=+*()[\]{}|@#!?%^~-]+/g;
const shortest = 4;

/** Where these stand, a message may look otherwise than it is: colours, HTML, a line that was cut. */
const hiding = [
  ...Array.from('0123456789m', (character) => `\u001B[${character}`),
  '\\u001b',
  '\\u001B',
  '\\x1b',
  '\\x1B',
  '\\033',
  '#033',
  '^[[',
  '[0m',
  '[1m',
  '[22m',
  '[31m',
  '[32m',
  '[33m',
  '[39m',
  '[90m',
  '</span',
  '</code',
  '</pre',
  '</p>',
  '<br',
  'stdout P ',
  'stderr P ',
];

const errors = [
  'rror',
  'RROR',
  'ERR',
  'xception',
  'XCEPTION',
  'ritical',
  'CRIT',
  'crit"',
  'fatal',
  'Fatal',
  'FATAL',
  'SEVERE',
  'EMERG',
  'emerg"',
  'panic',
  'PANIC',
  'ncaught',
  'nhandled',
  'err"',
  'err:',
  'err ',
  'err]',
  'level":50',
  'level":60',
  'level": 50',
  'level": 60',
  'PRIORITY":"',
  '"stack',
  'raceback',
  'exc_info',
  'ailedReason',
  'ailed_reason',
  'NOAUTH',
  'WRONGPASS',
  'NOPERM',
  'READONLY',
  'LOADING',
  'MISCONF',
  'CROSSSLOT',
  'WRONGTYPE',
  'NOSCRIPT',
  'MASTERDOWN',
  'CLUSTERDOWN',
  'EXECABORT',
  'UNKILLABLE',
  'NOREPLICAS',
  'OOM',
  'BUSY Redis',
  'PRECONDITION_FAILED',
  'ACCESS_REFUSED',
  'NOT_FOUND',
  'RESOURCE_LOCKED',
  'egmentation fault',
  'ore dumped',
  'ut of memory',
  'oom-kill',
  'CrashLoop',
  'Killed process',
  'exited with',
  'exit code',
  'exit status',
  'status=',
  'code=killed',
  'code=dumped',
  'heap limit',
];

const versions = [
  'bullmq@',
  'bull@',
  'ioredis@',
  'bullmq"',
  'celery@',
  'celery-',
  'celery==',
  'celery]==',
  'redis]==',
  'celery:',
  'celery v',
  'celery beat v',
  'kombu-',
  'kombu==',
  'billiard-',
  'billiard:',
  'Node.js v',
  'Python 3',
  '----- ',
];

/**
 * The literals of which every line has one that names a bug of these, looks like an error or names a
 * version.
 *
 * @returns nothing where a signature has no part that is long enough and cannot be hidden.
 */
export function tellingLiterals(writeups: readonly Writeup[]): TellingLiterals | undefined {
  const anchors = writeups.flatMap(({ signatures }) => signatures.map(anchorOf));
  const known = anchors.filter((anchor) => anchor !== undefined);
  if (known.length < anchors.length) return undefined;
  return { messages: [...known, ...hiding], errors, versions };
}

/** The longest part of a template's text that stands in the log as it is, however it was written. */
function anchorOf({ template }: { readonly template: string }): string | undefined {
  const parts = template
    .split(/\{[a-z][\w-]*\}/i)
    .flatMap((part) => part.match(unchanged) ?? [])
    .map((part) => part.trim());
  const [first = '', ...others] = parts;
  const longest = others.reduce((a, b) => (b.length > a.length ? b : a), first);
  return longest.length >= shortest ? longest : undefined;
}
