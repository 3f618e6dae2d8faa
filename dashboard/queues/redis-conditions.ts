import type { Condition } from './source.ts';

/**
 * What the answer to INFO says of a server that jobs live in, worst first.
 * @param server which one, where there are several.
 */
export function conditionsOf(info: string, server = ''): Condition[] {
  const facts = new Map(
    info.split(/\r?\n/).flatMap((line) => {
      const [, name, value] = /^(\w+):(.*)$/.exec(line) ?? [];
      return name === undefined || value === undefined ? [] : [[name, value] as const];
    }),
  );
  const found = checks.flatMap((check) => check(facts) ?? []);
  const where = server === '' ? '' : ` (${server})`;
  return found.map((condition) => ({ ...condition, reason: condition.reason + where }));
}

type Facts = ReadonlyMap<string, string>;

const number = (facts: Facts, name: string) => Number(facts.get(name) ?? 0);

const checks: readonly ((facts: Facts) => Condition | undefined)[] = [
  function loading(facts) {
    if (number(facts, 'loading') === 0) return undefined;
    const seconds = facts.get('loading_eta_seconds') ?? 'some';
    return {
      level: 'down',
      reason: `Redis is loading its data from disk (${seconds} s to go) and refuses commands until then.`,
      bug: 'BUG-051',
    };
  },
  function full(facts) {
    const limit = number(facts, 'maxmemory');
    if (limit === 0 || number(facts, 'used_memory') < limit || evicts(facts)) return undefined;
    return {
      level: 'down',
      reason:
        `Redis is full: ${megabytes(number(facts, 'used_memory'))} of maxmemory ${megabytes(limit)} are used, ` +
        'and every write is refused (OOM command not allowed).',
      bug: 'BUG-037',
    };
  },
  function replica(facts) {
    if (facts.get('role') !== 'slave') return undefined;
    const master = `${facts.get('master_host') ?? '?'}:${facts.get('master_port') ?? '?'}`;
    return {
      level: 'down',
      reason:
        `This Redis is a replica of ${master} and read-only: jobs can be looked at, not added, taken or retried. ` +
        'Connect to the master.',
      bug: 'BUG-041',
    };
  },
  function cannotSave(facts) {
    if (
      facts.get('rdb_last_bgsave_status') !== 'err' &&
      facts.get('aof_last_write_status') !== 'err'
    ) {
      return undefined;
    }
    return {
      level: 'warning',
      reason:
        'Redis could not save its data to disk. With stop-writes-on-bgsave-error, its default, it refuses every write (MISCONF).',
      bug: 'BUG-040',
    };
  },
  function evicting(facts) {
    if (!evicts(facts)) return undefined;
    const evicted = number(facts, 'evicted_keys');
    const limit = number(facts, 'maxmemory');
    const so = limit === 0 ? 'as soon as maxmemory is set' : `at ${megabytes(limit)}`;
    return {
      level: 'warning',
      reason:
        `Eviction policy is ${facts.get('maxmemory_policy') ?? ''}, which should be noeviction: ` +
        `${so} Redis throws away locks and jobs. So far it evicted ${evicted.toLocaleString('en')} keys.`,
      bug: 'BUG-024',
    };
  },
  function nearlyFull(facts) {
    const limit = number(facts, 'maxmemory');
    const used = number(facts, 'used_memory');
    if (limit === 0 || used < 0.9 * limit || used >= limit || evicts(facts)) return undefined;
    return {
      level: 'warning',
      reason: `Redis is nearly full: ${megabytes(used)} of maxmemory ${megabytes(limit)}. When it is, it refuses every write.`,
      bug: 'BUG-037',
    };
  },
  function fewClientsLeft(facts) {
    const limit = number(facts, 'maxclients');
    const connected = number(facts, 'connected_clients');
    if (limit === 0 || connected < 0.9 * limit) return undefined;
    return {
      level: 'warning',
      reason: `${connected} of at most ${limit} clients are connected; further ones are turned away.`,
      bug: 'BUG-054',
    };
  },
];

function evicts(facts: Facts): boolean {
  return (facts.get('maxmemory_policy') ?? 'noeviction') !== 'noeviction';
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
