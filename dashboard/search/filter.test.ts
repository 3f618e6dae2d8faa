import { expect, test } from 'vitest';
import type { ScannedJob } from '../jobs/scanned-job.ts';
import { fits, readFilter, readFilterText } from './filter.ts';

const now = Date.parse('2026-11-25T20:00:00Z');
const job: ScannedJob = {
  id: '7',
  name: 'send-mail',
  state: 'failed',
  addedAt: now - 3_600_000,
  finishedAt: now - 60_000,
  attempts: 1,
  failedReason: '',
  dataBytes: 2,
};

test.for([
  ['', true],
  ['state=failed', true],
  ['state=failed&state=delayed', true],
  ['state=delayed', false],
  ['name=send-mail', true],
  ['name=send', false],
  ['name=send-*', true],
  ['name=*mail', true],
  ['name=s*n*d*mail', true],
  ['name=*x*', false],
  ['name=send-mail*mail', false],
  ['name=.*', false],
  ['since=2h', true],
  ['since=10m', false],
  ['since=10m&at=finished', true],
  ['until=10m', true],
  ['until=2026-11-25T18:00:00Z', false],
] as const)('%s: %s', ([query, fitting]) => {
  expect(fits(job, readFilterText(query, now))).toBe(fitting);
});

test.for([
  'state=broken',
  'since=yesterday',
  'since=-1h',
  'look=0',
  'look=100000',
  'look=1e3',
  'at=never',
  'where=user',
  'unknown=1',
  'name=a&name=b',
  `id=${Array.from({ length: 51 }, (_, n) => n).join(',')}`,
  'since=2026-99-99',
])('refuses %s', (query) => {
  expect(() => readFilterText(query, now)).toThrow(/expected|Invalid|Unrecognized/i);
});

test('what an address parser makes of odd names is refused as well', () => {
  for (const given of [{ where: [{}] }, { id: { a: '1' } }, { state: ['failed', 7] }]) {
    expect(() => readFilter(given, now)).toThrow();
  }
});
