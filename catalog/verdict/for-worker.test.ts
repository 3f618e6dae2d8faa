import { expect, test } from 'vitest';
import { cellsOf } from '../evidence/cells.ts';
import { writeupSchema } from '../writeup/writeup-schema.ts';
import { verdictForWorker, type WorkerFacts } from './for-worker.ts';
import type { ClaimResult } from './results.ts';

const run = { engine: 'bullmq', versions: ['6.6.0', '6.7.0'], pool: 'solo' };
const writeup = writeupSchema.parse({
  id: 'BUG-900',
  title: 'The pump loses lanes',
  description: 'A made-up failure.',
  engine: 'bullmq',
  status: 'live',
  severity: 'low',
  reported: '2026-01-01',
  symptom: 'A lane is gone.',
  fix: { summary: 'Restart the pump.', code: 'pump restart', claim: 'pump-works' },
  signatures: [{ id: 'lost', template: 'The pump lost lane {lane}', source: 'made up here' }],
  claims: [
    {
      id: 'pump-works',
      says: 'The pump works.',
      run: { ...run, platforms: ['linux'] },
      expect: 'works',
      control: 'pump-fails',
    },
    {
      id: 'pump-fails',
      says: 'The pump fails.',
      run: { ...run, platforms: ['linux', 'win32'] },
      expect: { fails: 'lost' },
      control: 'pump-works',
    },
  ],
});

/** The failure was confirmed on Linux in 6.6.0 and refuted in 6.7.0; the claim of the fix held. */
const results = writeup.claims.flatMap((claim) =>
  cellsOf(claim).map((cell) => {
    const shown = claim.id === 'pump-fails' ? failure(cell) : 'confirmed';
    return { claim, cell, verdict: shown, reason: '' } as ClaimResult;
  }),
);

function failure({ platform, version }: { platform: string; version: string }) {
  if (platform !== 'linux') return 'not run';
  return version === '6.6.0' ? 'confirmed' : 'refuted';
}

const bullmq = (version: string) => [{ package: 'bullmq', version }];

test.for<[WorkerFacts | undefined, string, string]>([
  [undefined, 'worker unknown', 'worker unknown; refuted on Linux, not run on Windows'],
  [{}, 'worker unknown', 'worker unknown; refuted on Linux, not run on Windows'],
  [
    { platform: 'linux', pool: 'solo', versions: bullmq('6.6.0') },
    'shown',
    'confirmed on Linux with solo in bullmq 6.6.0',
  ],
  [
    { platform: 'linux', versions: bullmq('6.7.0') },
    'not shown',
    'refuted on Linux in bullmq 6.7.0; elsewhere refuted on Linux, not run on Windows',
  ],
  [
    { platform: 'win32' },
    'not run',
    'not run on Windows; elsewhere refuted on Linux, not run on Windows',
  ],
  [
    { pool: 'threads', versions: [{ package: 'node', version: '24.0.0' }] },
    'not run',
    'not run with threads; elsewhere refuted on Linux, not run on Windows',
  ],
])('of the worker %j', ([worker, status, words]) => {
  expect(verdictForWorker(writeup, results, worker)).toEqual({ status, words });
});
