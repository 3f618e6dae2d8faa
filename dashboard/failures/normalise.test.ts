import { describe, expect, test } from 'vitest';
import { normaliseMessage } from './normalise.ts';

test.for([
  ['Missing lock for job 42. moveToFinished', 'Missing lock for job <number>. moveToFinished'],
  ['connect ECONNREFUSED 10.0.3.7:6379', 'connect ECONNREFUSED <address>'],
  ['connect ECONNREFUSED ::1:6379', 'connect ECONNREFUSED <address>'],
  ['getaddrinfo ENOTFOUND redis.prod.internal', 'getaddrinfo ENOTFOUND <address>'],
  ["ENOENT: no such file, open '/srv/a b/x.csv'", "ENOENT: no such file, open '<value>'"],
  ['cannot read /srv/app/releases/20261125/x.csv', 'cannot read <path>'],
  ['cannot read C:\\Users\\eve\\x.csv', 'cannot read <path>'],
  ['no user 8b1d1f1e-3c6b-4f5e-9f0a-2b7d1c9e8a11', 'no user <uuid>'],
  ['no lane 507f1f77bcf86cd799439011', 'no lane <id>'],
  ['no lane V1StGXR8_Z5jdHi6B-myT', 'no lane <id>'],
  ['late since 2026-11-25T18:57:45.123Z', 'late since <time>'],
  ['took 12.5s, at most 10s', 'took <number>s, at most <number>s'],
  ['"eve" has no mail of eve@lanes.example', '"<value>" has no mail of <e-mail>'],
  ["can't open lane 7, it isn't there", "can't open lane <number>, it isn't there"],
  ['GET https://api.lanes.example/v1/7?x=1 failed', 'GET <url> failed'],
  ['\u001b[31mred\u001b[0m lane 3', 'red lane <number>'],
  ['\n\n  second line 4\nthird', 'second line <number>'],
  ['', '(no message)'],
] as const)('of %j is %j', ([message, kind]) => {
  expect(normaliseMessage(message)).toBe(kind);
});

describe('what tells failures apart stays:', () => {
  test.for([
    'Unexpected exit code: 137 signal: SIGKILL',
    'Unexpected exit code: 0 signal: SIGTERM',
    'Request failed with status code 503',
    'OSError: [Errno 13] Permission denied',
    'PermissionError: [WinError 5] Access is denied',
    'Error 111 connecting',
    'process exited with code 3221225477',
  ])('%s', (message) => {
    expect(normaliseMessage(message)).toBe(message);
  });
});

test('messages of many kinds of ids come to one kind', () => {
  const kinds = Array.from({ length: 500 }, (_, index) =>
    normaliseMessage(
      `Order ord_${index * 7919} of "user ${index}" is not at 10.0.${index % 255}.7`,
    ),
  );
  expect(new Set(kinds)).toEqual(new Set(['Order ord_<number> of "<value>" is not at <address>']));
});

test('of a message that is long or strange only the start is read', () => {
  for (const piece of ['a:', '1.', '-1', "'", '/a', ':1', '0a', 'code ', '\\']) {
    expect(normaliseMessage(piece.repeat(2 ** 18)).length).toBeLessThan(6000);
  }
});
