import { expect, test } from 'vitest';
import { cleanJson, cleanText, depthOf } from './clean-json.ts';

const clean = (field: string | { bytes: number }) =>
  JSON.parse(cleanJson(field, 'data', 8192, '/whole')) as unknown;

test('JSON that can be sent is sent as it is', () => {
  expect(clean('{"a":"[[[{{{\\"["}')).toEqual({ a: '[[[{{{"[' });
});

test.for([
  ['{"a":', 'data is no JSON'],
  ['', 'data is no JSON'],
  ['['.repeat(3000) + ']'.repeat(3000), 'data is nested 3,000 levels deep'],
  [`"${'x'.repeat(9000)}"`, 'data has 9 KiB; up to 8 KiB are sent here. All of it: /whole'],
  [{ bytes: 5_000_000 }, 'data has 4.8 MiB'],
] as const)('a word stands in the place of %j', ([field, words]) => {
  expect(clean(field)).toMatchObject({ $poolproof: expect.stringContaining(words) as string });
});

test('depth is told of text that no parser would like', () => {
  expect(depthOf('[{"a":[1]},[]]')).toBe(3);
  expect(depthOf('"\\\\"[[')).toBe(2);
});

test('a text is cut, and says how long it was', () => {
  expect(cleanText('short', 'name', 8192)).toBe('short');
  const long = cleanText('x'.repeat(9000), 'name', 8192);
  expect(long.length).toBeLessThan(2200);
  expect(long).toContain('name: 9 KiB');
});
