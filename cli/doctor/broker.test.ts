import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { closedPort, startRedis, whyNoRedis } from '../../worker/testing/redis.ts';
import { parseBrokerUrl } from './broker-url.ts';
import { readBroker } from './broker.ts';
import { factsOfInfo } from './redis-info.ts';

const noRedis = await whyNoRedis();

function read(url: string) {
  return readBroker(parseBrokerUrl(url));
}

function valuesOf({ facts }: Awaited<ReturnType<typeof read>>) {
  return Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, fact?.value]));
}

describe.skipIf(noRedis)('a Redis', () => {
  test('tells what it is and how it is set', async () => {
    await using redis = await startRedis();
    await redis.client.config('SET', 'maxmemory', '200mb', 'maxmemory-policy', 'allkeys-lru');
    const read1 = await read(redis.url);
    expect(read1.version).toMatch(/^\d+\.\d+/);
    expect(valuesOf(read1)).toMatchObject({
      kind: expect.stringMatching(/^(redis|valkey)$/) as unknown,
      'maxmemory-policy': 'allkeys-lru',
      role: 'primary',
      cluster: false,
      loading: false,
      'snapshots-fail': false,
    });
  });

  test('that forbids CONFIG tells what INFO says', async () => {
    await using redis = await startRedis();
    await redis.client.config('SET', 'maxmemory-policy', 'volatile-ttl');
    await redis.client.acl('SETUSER', 'guest', 'on', '>se%cret', '+info', '+ping');
    const { host } = new URL(redis.url);
    const { facts, error } = await read(`redis://guest:se%25cret@${host}`);
    expect(error).toBeUndefined();
    expect(facts['maxmemory-policy']?.value).toBe('volatile-ttl');
    expect(JSON.stringify(facts)).not.toContain('cret');
  });

  test('that is a replica says so', async () => {
    await using redis = await startRedis();
    await redis.client.replicaof('127.0.0.1', await closedPort());
    expect(valuesOf(await read(redis.url))).toMatchObject({ role: 'read-only replica' });
  });

  test.each([
    ['no password', '', 'NOAUTH'],
    ['a wrong one', ':wrong@', 'WRONGPASS'],
  ])('with a password, given %s', async (_what, login, error) => {
    await using redis = await startRedis();
    await redis.client.config('SET', 'requirepass', 'secret');
    const { host } = new URL(redis.url);
    expect((await read(`redis://${login}${host}`)).error).toBe(error);
  });
});

test('nobody listens', async () => {
  const { facts, error } = await read(`redis://:secret@127.0.0.1:${await closedPort()}`);
  expect(error).toBe('ECONNREFUSED');
  expect(facts.error?.value).toBe('ECONNREFUSED');
  expect(JSON.stringify(facts)).not.toContain('secret');
});

describe('RabbitMQ', () => {
  test.each([
    [
      'is known by its greeting',
      '\x01\0\0\x0bproductS\0\0\0\x08RabbitMQ\x07versionS\0\0\0\x063.10.8',
      undefined,
      '3.10.8',
    ],
    ['is not what answers otherwise', 'HTTP/1.1 400 Bad Request', 'EPROTO', undefined],
  ])('%s', async (_what, answer, error, version) => {
    const server = createServer((socket) => {
      socket.once('data', () => socket.end(Buffer.from(answer, 'latin1')));
    });
    await using _closing = {
      [Symbol.asyncDispose]: () =>
        new Promise<void>((resolve) => {
          server.close(() => {
            resolve();
          });
        }),
    };
    const port = await closedPort();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    const found = await read(`amqp://guest:guest@127.0.0.1:${port}`);
    expect(found).toMatchObject({ ...(error && { error }), ...(version && { version }) });
    expect(found.facts.kind?.value).toBe(error ? undefined : 'rabbitmq');
  });
});

describe('INFO', () => {
  test.each([
    ['a full memory', 'used_memory:95\nmaxmemory:100\n', {}, { 'memory-percent': 95 }],
    ['no limit', 'used_memory:95\nmaxmemory:0\n', {}, { 'memory-percent': undefined }],
    ['many clients', 'connected_clients:9\n', { maxclients: '10' }, { 'clients-percent': 90 }],
    ['loading', 'loading:1\n', {}, { loading: true }],
    ['a cluster', 'cluster_enabled:1\n', {}, { cluster: true }],
    ['a failed snapshot', 'rdb_last_bgsave_status:err\n', {}, { 'snapshots-fail': true }],
    [
      'a failed snapshot that stops nothing',
      'rdb_last_bgsave_status:err\n',
      { 'stop-writes-on-bgsave-error': 'no' },
      { 'snapshots-fail': false },
    ],
    ['two replicas', 'role:master\nconnected_slaves:2\n', {}, { role: 'primary', replicas: 2 }],
    ['a writable replica', 'role:slave\nslave_read_only:0\n', {}, { role: 'writable replica' }],
    [
      'Valkey',
      'redis_version:7.2.4\nserver_name:valkey\nvalkey_version:9.1.0\n',
      {},
      { kind: 'valkey' },
    ],
    [
      'Dragonfly',
      'redis_version:7.4.0\ndragonfly_version:df-v1.30.0\n',
      {},
      { kind: 'dragonfly', 'undeclared-keys': 'unknown' },
    ],
  ])('of %s', (_what, info, config, expected) => {
    expect(factsOfInfo(info.replaceAll('\n', '\r\n'), config).values).toMatchObject(
      JSON.parse(JSON.stringify(expected)) as object,
    );
  });
});

describe('a URL that is refused, without being repeated', () => {
  test.each([
    ['secret', 'got no URL'],
    ['http://secret@host', 'got http:'],
    ['redis://', 'got'],
    ['redis:secret', 'got'],
  ])('%s', (url, message) => {
    expect(() => parseBrokerUrl(url)).toThrow(message);
    try {
      parseBrokerUrl(url);
    } catch (error) {
      expect(String(error)).not.toContain('secret');
    }
  });
});
