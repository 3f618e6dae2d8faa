import { expect, test } from 'vitest';
import { cellsOf } from '../../catalog/evidence/cells.ts';
import type { ClaimResult } from '../../catalog/verdict/results.ts';
import { bug } from '../fixtures/bug.ts';
import { createKnownBugs } from './known-bugs.ts';

/** A bug that was shown on Linux in bullmq 6.7.0. */
const shown = {
  ...bug,
  claims: bug.claims.map((claim) =>
    claim.id === 'pump-fails'
      ? { ...claim, expect: { ...claim.expect, signature: 'lost' } }
      : claim,
  ),
};
const results = shown.claims.flatMap((claim) =>
  cellsOf(claim).map((cell) => ({ claim, cell, verdict: 'confirmed', reason: '' }) as ClaimResult),
);
const knownBugs = createKnownBugs([shown], () => results);
const failure = { failedReason: 'The pump lost lane 7', stacktrace: [] };

test('a version of the worker, or one that the stack names, makes it surer', () => {
  expect(knownBugs.of(failure)).toMatchObject([{ bug: 'BUG-900', level: 'likely', versions: [] }]);
  const versions = [{ package: 'bullmq', version: '6.7.0' }];
  expect(knownBugs.of(failure, { versions })).toMatchObject([
    { level: 'sure', versions: [{ status: 'fails' }] },
  ]);
  const stacktrace = [
    'Error: x\n    at a (/app/node_modules/.pnpm/bullmq@6.7.0/node_modules/x.js:1:2)',
  ];
  expect(knownBugs.of({ ...failure, stacktrace })).toMatchObject([{ level: 'sure' }]);
});

test('the verdict is that of the platform, pool and version of the worker', async () => {
  const bugs = knownBugs.of(failure);
  expect(await knownBugs.verdicts(bugs)).toEqual([
    { bug: 'BUG-900', status: 'worker unknown', words: 'worker unknown; confirmed on Linux' },
  ]);
  expect(await knownBugs.verdicts(bugs, { platform: 'linux', pool: 'solo' })).toEqual([
    { bug: 'BUG-900', status: 'shown', words: 'confirmed on Linux with solo' },
  ]);
  expect(await knownBugs.verdicts(bugs, { platform: 'win32' })).toMatchObject([
    { status: 'not run', words: 'not run on Windows; elsewhere confirmed on Linux' },
  ]);
});

test('what nobody knows is reported without what should not be public', () => {
  const unknown = {
    failedReason: 'The roof leaks at redis://:hunter2@lane:6379\nand more',
    stacktrace: ['Error: x\n    at a (/home/eve/app/x.js:1:2)'],
  };
  expect(knownBugs.of(unknown)).toEqual([]);
  const report = knownBugs.report(unknown, { versions: [{ package: 'bullmq', version: '6.7.0' }] });
  expect(report).toMatchObject({
    message: 'The roof leaks at redis://[host]:6379',
    versions: 'bullmq 6.7.0',
  });
  expect(JSON.stringify(report)).not.toMatch(/hunter2|eve/);
});
