import { expect, test } from 'vitest';
import { conditionsOf } from './redis-conditions.ts';

const mb = 1024 * 1024;
const info = (facts: Record<string, string | number>) =>
  ['# Server', ...Object.entries(facts).map(([name, value]) => `${name}:${value}`)].join('\r\n');
const healthy = {
  loading: 0,
  used_memory: mb,
  maxmemory: 4 * mb,
  maxmemory_policy: 'noeviction',
  role: 'master',
  rdb_last_bgsave_status: 'ok',
  connected_clients: 4,
  maxclients: 10_000,
};

test('a server that is as it should be has no remarks', () => {
  expect(conditionsOf(info(healthy))).toEqual([]);
});

test.for([
  [
    { loading: 1, loading_eta_seconds: 7 },
    'down',
    'BUG-051',
    'loading its data from disk (7 s to go)',
  ],
  [{ used_memory: 4 * mb }, 'down', 'BUG-037', 'Redis is full: 4.0 MB of maxmemory 4.0 MB'],
  [{ role: 'slave', master_host: 'one', master_port: 7 }, 'down', 'BUG-041', 'a replica of one:7'],
  [{ rdb_last_bgsave_status: 'err' }, 'warning', 'BUG-040', 'could not save'],
  [{ maxmemory_policy: 'allkeys-lru', evicted_keys: 3 }, 'warning', 'BUG-024', 'it evicted 3 keys'],
  [{ maxmemory_policy: 'volatile-lru', used_memory: 4 * mb }, 'warning', 'BUG-024', 'volatile-lru'],
  [{ used_memory: 3.7 * mb }, 'warning', 'BUG-037', 'nearly full'],
  [{ connected_clients: 9990 }, 'warning', 'BUG-054', '9990 of at most 10000 clients'],
] as const)('%j is told as %s, explained by %s', ([facts, level, bug, words]) => {
  const found = conditionsOf(info({ ...healthy, ...facts }), 'host:1');
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({ level, bug });
  expect(found[0]?.reason).toContain(words);
  expect(found[0]?.reason).toContain('(host:1)');
});
