import { expect, test } from 'vitest';
import { createMasks, maskedText } from './masks.ts';

const M = maskedText;

test.for<[string, unknown, unknown]>([
  ['data.password', { password: 'x', user: 'v' }, { password: M, user: 'v' }],
  ['data.password', { Password: 'x' }, { Password: M }],
  ['data.password', { password: { old: 'x', new: 'y' } }, { password: M }],
  ['data.password', { password: null }, { password: M }],
  ['data.card.*', { card: { number: 1, cvc: 2 }, id: 3 }, { card: { number: M, cvc: M }, id: 3 }],
  ['data.card.*', { card: 'none' }, { card: 'none' }],
  [
    'data.users.pin',
    { users: [{ pin: 1 }, { pin: 2, id: 3 }] },
    { users: [{ pin: M }, { pin: M, id: 3 }] },
  ],
  ['data.users.*.pin', { users: [{ pin: 1 }] }, { users: [{ pin: M }] }],
  ['data.users[1].pin', { users: [{ pin: 1 }, { pin: 2 }] }, { users: [{ pin: 1 }, { pin: M }] }],
  ['data.keys.*', { keys: ['a', 'b'] }, { keys: [M, M] }],
  ['data.rows.pin', { rows: [[{ pin: 1 }]] }, { rows: [[{ pin: M }]] }],
  [
    'data.**.token',
    { token: 1, a: { b: [{ token: 2, c: 3 }] } },
    { token: M, a: { b: [{ token: M, c: 3 }] } },
  ],
  ['data.**', { a: 1 }, M],
  ['data', { a: 1 }, M],
  ['data.a\\.b', { 'a.b': 1, a: { b: 2 } }, { 'a.b': M, a: { b: 2 } }],
  ['data.body.pin', { body: '{"pin":1,"id":2}' }, { body: `{"pin":"${M}","id":2}` }],
  [
    'data.body.pin',
    { body: JSON.stringify(JSON.stringify({ pin: 1 })) },
    { body: JSON.stringify(JSON.stringify({ pin: M })) },
  ],
  ['data.body.pin', { body: '{"pin":1' }, { body: M }],
  ['data.body.pin', { body: 'pin=1' }, { body: 'pin=1' }],
  ['data.body.pin', { body: '"quoted' }, { body: '"quoted' }],
  ['data.pin', '{"pin":1}', `{"pin":"${M}"}`],
  [
    'data.__proto__.pin',
    JSON.parse('{"__proto__":{"pin":1},"a":2}'),
    JSON.parse(`{"__proto__":{"pin":"${M}"},"a":2}`),
  ],
  ['data.pin', null, null],
  ['data.pin', 7, 7],
  ['data.pin', undefined, undefined],
])('%s of %j is %j', ([path, value, shown]) => {
  const before = structuredClone(value);
  expect(createMasks([path]).apply('data', value)).toEqual(shown);
  expect(value).toEqual(before);
});

test('several paths hold at once, each for its part of the job', () => {
  const masks = createMasks(['data.a', 'data.b.c', 'data.**.d', 'returnValue.token']);
  expect(masks.apply('data', { a: 1, b: { c: 2, d: 3, e: 4 } })).toEqual({
    a: M,
    b: { c: M, d: M, e: 4 },
  });
  expect(masks.apply('returnvalue', { token: 1, a: 2 })).toEqual({ token: M, a: 2 });
  expect(masks.apply('opts', { token: 1 })).toEqual({ token: 1 });
});

test('what no path leads to is the very value, and without paths everything is', () => {
  const value = { a: [{ b: '{"c":1}' }] };
  expect(createMasks(['data.x.y', 'data.a.z']).apply('data', value)).toBe(value);
  expect(createMasks([]).apply('data', value)).toBe(value);
});

test('levels beyond counting are masked, not walked', () => {
  const json = `${'{"a":'.repeat(20_000)}{"pin":1}${'}'.repeat(20_000)}`;
  const shown = JSON.stringify(createMasks(['data.**.pin']).apply('data', JSON.parse(json)));
  expect(shown).toContain(M);
  expect(shown).not.toContain('pin');
  const rows: unknown = JSON.parse(`${'['.repeat(20_000)}{"pin":1}${']'.repeat(20_000)}`);
  expect(JSON.stringify(createMasks(['data.pin']).apply('data', rows))).not.toContain('pin');
  const beside = `{"pin":1,"deep":${'['.repeat(20_000)}${']'.repeat(20_000)}}`;
  expect(createMasks(['data.pin']).apply('data', beside)).toBe(M);
  let text = '{"pin":1}';
  for (let times = 0; times < 10; times += 1) text = JSON.stringify(text);
  expect(createMasks(['data.pin']).apply('data', text)).toContain(M);
});

test('what would write a mask over a value is told', () => {
  const masks = createMasks(['data.pin']);
  expect(masks.areIn({ jobData: { pin: M } })).toBe(true);
  expect(masks.areIn({ jobData: { pin: '1' } })).toBe(false);
  expect(masks.areIn(undefined)).toBe(false);
  expect(createMasks([]).areIn({ jobData: { pin: M } })).toBe(false);
});

test.for(['', 'password', 'data..pin', 'data.', 'job.data.x', '*.pin'])(
  '"%s" is no path',
  (path) => {
    expect(() => createMasks([path])).toThrow('Try --mask data.password');
  },
);
