import { expect, test } from 'vitest';
import { meets, readCondition } from './condition.ts';

const data = {
  user: { id: 42, mail: 'eve@lanes.example', vip: true, none: null },
  items: [{ sku: 'a-7' }, { sku: 'b-8', count: 3 }],
  total: 10.5,
  at: '2026-11-25',
  text: '42',
};

test.for([
  ['user.id = 42', true],
  ['user.id = "42"', false],
  ['text = 42', true],
  ['text = "42"', true],
  ['user.id != 42', false],
  ['user.id != 43', true],
  ['user.gone != 43', false],
  ['user.id > 41', true],
  ['user.id >= 42.5', false],
  ['total <= 10.5', true],
  ['at > 2026-11-01', true],
  ['user.id > 41abc', false],
  ['user.mail ~ LANES', true],
  ['user.mail ~ "eve@"', true],
  ['user.vip = true', true],
  ['user.none = null', true],
  ['user.none exists', true],
  ['user.gone exists', false],
  ['items.0.sku = a-7', true],
  ['items.*.sku = b-8', true],
  ['items.*.sku = c-9', false],
  ['items.*.count>2', true],
  ['user = 42', false],
  ['user.id.deeper = 42', false],
  // Only its own fields.
  ['constructor exists', false],
  ['__proto__ exists', false],
  ['user.toString exists', false],
  ['items.length = 2', true],
] as const)('%s: %s', ([text, met]) => {
  expect(meets(data, readCondition(text))).toBe(met);
});

test.for([
  ['', 'no path'],
  ['user', 'no path or no operator'],
  ['= 4', 'no path'],
  ['user..id = 4', 'a step of its path is empty'],
  ['user.id =', 'no value'],
  ['user.id exists now', 'no path or no operator'],
  [`${'a.'.repeat(30)}b = 1`, 'more than 20 steps'],
  ['a'.repeat(400), 'longer than 300'],
] as const)('refuses %j', ([text, why]) => {
  expect(() => readCondition(text)).toThrow(why);
});

test('data that is very deep is looked into', () => {
  const deep = JSON.parse(`${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`) as unknown;
  expect(meets(deep, readCondition('a.a exists'))).toBe(true);
});
