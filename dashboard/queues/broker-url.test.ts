import { expect, test } from 'vitest';
import { describeBroker, readBrokerUrl } from './broker-url.ts';

test('sentinels and the name of their master are read', () => {
  const url = 'redis+sentinel://me:p%40ss@10.0.0.1:26380,sentinel.example/mymaster/2';
  expect(readBrokerUrl(url)).toEqual({
    kind: 'sentinel',
    sentinel: {
      sentinels: [
        { host: '10.0.0.1', port: 26_380 },
        { host: 'sentinel.example', port: 26_379 },
      ],
      master: 'mymaster',
      db: 2,
      username: 'me',
      password: 'p@ss',
    },
  });
  expect(describeBroker(url)).toBe('Redis mymaster by Sentinel');
});

test.for([
  ['redis://:secret@host:6379/1', 'redis', 'Redis at host:6379'],
  ['rediss://host', 'redis', 'Redis at host'],
  ['postgresql://me:secret@db/jobs', 'postgres', 'PostgreSQL at db'],
] as const)('%s is a %s', ([url, kind, words]) => {
  expect(readBrokerUrl(url).kind).toBe(kind);
  expect(describeBroker(url)).toBe(words);
});

test.for([
  ['http://me:secret@host', 'begins with redis:// or postgres://, got "http://…@host"'],
  ['', 'begins with redis:// or postgres://'],
  ['redis+sentinel://10.0.0.1:26379', 'the name of their master'],
  ['redis+sentinel://me:secret@,/mymaster', 'expected sentinels'],
  ['redis+sentinel://%zz@host/mymaster', 'expected sentinels'],
] as const)('%s is refused, and its password is not repeated', ([url, complaint]) => {
  expect(() => readBrokerUrl(url)).toThrow(complaint);
  expect(() => readBrokerUrl(url)).not.toThrow('secret');
});
