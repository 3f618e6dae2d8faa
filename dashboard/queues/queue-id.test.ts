import { expect, test } from 'vitest';
import { queueId, queueTitle } from './queue-id.ts';

const place = (prefix: string, name: string) => ({ prefix, name });

test.for([
  ['bull', 'emails', 'emails'],
  ['app', 'emails', 'app:emails'],
  ['a:b', 'emails', 'a:b:emails'],
  ['{bull}', 'emails', '{bull}:emails'],
  ['bull', '100%', '100~25'],
  ['bull', '100~25', '100~7E25'],
  ['bull', '..', '~2E~2E'],
  ['bull', 'a/b?c#d', 'a~2Fb~3Fc~23d'],
  ['bull', 'naïve queue', 'naïve queue'],
] as const)('the queue %s:%s is %s in addresses', ([prefix, name, id]) => {
  expect(queueId(place(prefix, name), 'bull')).toBe(id);
  // One more decoding, which Bull Board does, changes nothing.
  expect(decodeURIComponent(id)).toBe(id);
  const { pathname } = new URL(`http://host/board/queue/${encodeURIComponent(id)}`);
  expect(decodeURIComponent(pathname.split('/').at(-1) ?? '')).toBe(id);
});

test('BullMQ has another prefix of its own in PostgreSQL, where that of Redis is one like any', () => {
  expect(queueId(place('bullmq', 'emails'), 'bullmq')).toBe('emails');
  expect(queueId(place('bull', 'emails'), 'bullmq')).toBe('bull:emails');
});

test('people read the name as it is', () => {
  expect(queueTitle(place('bull', '100%'), 'bull')).toBe('100%');
  expect(queueTitle(place('app', '..'), 'bull')).toBe('app:..');
});
