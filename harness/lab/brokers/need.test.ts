import { expect, test } from 'vitest';
import { isOfVersion } from './need.ts';

test.each([
  ['redis', '7.0.15', undefined, true],
  ['redis', '7.0.15', '7.0', true],
  ['redis', '7.0.15', '7.0.15', true],
  ['redis', '7.0.15', '7', true],
  ['redis', '7.0.15', '7.0.1', false],
  ['redis', '7.0.15', '7.2', false],
  ['redis', '70.1.0', '7', false],
  ['valkey', '9.1.2', 'valkey-9.1', true],
  ['valkey', '9.1.2', '9.1', false],
  ['redis', '9.1.2', 'valkey-9.1', false],
  ['redis', '5.0.14.1', '>=6.2', false],
  ['redis', '6.2.11', '>=6.2', true],
  ['redis', '10.0.0', '>=6.2', true],
  ['valkey', '9.1.2', '>=6.2', true],
  ['redis', 'unknown', undefined, true],
  ['redis', 'unknown', '7.0', false],
  ['redis', 'unknown', '>=6.2', false],
] as const)('%s %s where %s is wanted: %s', (kind, version, wanted, met) => {
  expect(isOfVersion({ kind, version }, wanted)).toBe(met);
});
