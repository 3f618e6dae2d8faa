import { expect, test } from 'vitest';
import { celeryRequirements, requirementsOf } from './requirements.ts';

test.each([
  ['5.2.7', ['kombu<5.3', 'redis<5', 'billiard<4', 'click<8.1.4', 'setuptools<70']],
  ['5.3.6', ['kombu<5.4', 'redis<5.1']],
  ['5.6.1', ['kombu<5.7', 'redis<7']],
  ['5.7.0', []],
  ['5.10.0', []],
])('Celery %s gets libraries of its time', (version, pins) => {
  const requirements = celeryRequirements(version);
  expect(requirements[0]).toBe(`celery[redis]==${version}`);
  expect(requirements.filter((one) => one.includes('<'))).toEqual(pins);
});

test('a claim that names what is installed gets just that, Celery at the version of the run', () => {
  const install = ['celery[redis]', 'kombu==5.6.2', 'celery-types'];
  expect(requirementsOf({ version: '5.4.0', install })).toEqual([
    'celery[redis]==5.4.0',
    'kombu==5.6.2',
    'celery-types',
  ]);
  expect(requirementsOf({ version: '5.7.0' })).toEqual(celeryRequirements('5.7.0'));
});
