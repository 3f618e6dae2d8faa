import { expect, test } from 'vitest';
import { readPeers } from './peers.ts';
import { seesQueues } from './person.ts';
import { readGroupRole } from './trusted-header.ts';

test.for([
  ['10.1.2.3', true],
  ['::ffff:10.1.2.3', true],
  ['11.0.0.1', false],
  ['fd00::1', true],
  ['fe80::1', false],
  ['192.0.2.7', true],
  ['192.0.2.8', false],
  ['board.example', false],
  [undefined, false],
] as const)('%s is a trusted peer: %s', ([address, is]) => {
  expect(readPeers(['10.0.0.0/8', 'fd00::/8', '192.0.2.7'])(address)).toBe(is);
});

test.for([
  '',
  '10.0.0.0/33',
  '10.0.0.0/',
  '10.0.0.0/8/8',
  'proxy.example',
  '10.0.0.0/-1',
  '::1/129',
])('"%s" is no network', (text) => {
  expect(() => readPeers([text])).toThrow('Try --trusted-peer 10.0.0.0/8');
});

test('a group has a role, and queues where they are named', () => {
  expect(readGroupRole('ops=operator')).toEqual({ group: 'ops', role: 'operator', queues: ['*'] });
  expect(readGroupRole('cn=ops,dc=x=viewer:a*, b')).toEqual({
    group: 'cn=ops,dc=x',
    role: 'viewer',
    queues: ['a*', 'b'],
  });
});

test.for(['ops', 'ops=', '=viewer', 'ops=boss', 'ops=viewer:', 'ops=viewer:a,,b'])(
  '"%s" is no group and role',
  (text) => {
    expect(() => readGroupRole(text)).toThrow('Try --group ops=operator');
  },
);

test.for([
  [['*'], 'anything', true],
  [['billing*'], 'billing:eu', true],
  [['billing*'], 'rebilling', false],
  [['*.eu', 'x'], 'a.eu', true],
  [['*.eu', 'x'], 'aXeu', false],
  [['a(b'], 'a(b', true],
  [['a*'], 'a\nb', true],
  [['A'], 'a', false],
] as const)('who sees %j sees %j: %s', ([patterns, queue, sees]) => {
  expect(seesQueues(patterns)(queue)).toBe(sees);
});
