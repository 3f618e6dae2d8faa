import { expect, it } from 'vitest';
import type { Result } from './result.ts';
import { notRunLines } from './table.ts';

function notRun(bug: string, claim: string, reason: string): Result {
  return { bug, claim, reason, verdict: 'not run' } as Result;
}

const redis = 'no redis-server; install it (Debian: apt-get install redis-server; macOS: brew)';

it('says each reason once, the commonest first, and the command that would change most', () => {
  const lines = notRunLines([
    notRun('BUG-001', 'a', 'win32: this machine is linux'),
    notRun('BUG-001', 'b', redis),
    notRun('BUG-004', 'a', redis),
    notRun('BUG-004', 'a', redis),
  ]);
  expect(lines).toEqual([
    `not run, 2 claims of 001, 004: ${redis}`,
    'not run, 1 claim of 001: win32: this machine is linux',
    'most would change with: apt-get install redis-server',
  ]);
});

it('takes reasons that differ by a version alone as one', () => {
  const lines = notRunLines([
    notRun('BUG-002', 'a', 'celery 5.6.1 is not in the cache; type: npm run harness -- 002'),
    notRun('BUG-002', 'b', 'celery 5.7.0 is not in the cache; type: npm run harness -- 002'),
  ]);
  expect(lines).toEqual([
    'not run, 2 claims of 002: celery … is not in the cache; type: npm run harness -- 002',
    'most would change with: npm run harness -- 002',
  ]);
});

it('has nothing to say when all ran', () => {
  expect(notRunLines([])).toEqual([]);
});
