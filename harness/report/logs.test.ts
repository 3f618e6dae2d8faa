import { expect, test } from 'vitest';
import { renderLogs } from './logs.ts';
import type { Result } from './result.ts';

const lines = Array.from({ length: 20 }, (_, index) => `worker | line ${index + 1}`);

/** A result that has this log; what else evidence holds is not looked at. */
function result(claim: string, asWritten: boolean, log: readonly string[]): Result {
  const cell = {
    engine: 'bullmq',
    version: '6.7.0',
    pool: 'solo',
    platform: 'linux',
    launch: 'plain',
  };
  const evidence = { runs: [{ rounds: [1], observation: { log } }] };
  const told = { bug: 'BUG-001', slug: '001-a', claim, says: '', cell, reason: '', durationMs: 0 };
  return { ...told, verdict: 'refuted', asWritten, evidence } as unknown as Result;
}

test('the last lines of the claims that missed are shown, and how to see all', () => {
  const shown = renderLogs([result('missed', false, lines), result('held', true, lines)]);
  expect(shown).toContain(
    'BUG-001 missed bullmq-6.7.0.solo.linux, the last 12 of 20 lines (all: --log):',
  );
  expect(shown).not.toContain('line 8\n');
  expect(shown).toContain('  worker | line 9\n');
  expect(shown).toContain('  worker | line 20');
  expect(shown).not.toContain('held');
});

test('every line of every claim is shown when that is asked for', () => {
  const shown = renderLogs([result('missed', false, []), result('held', true, lines)], true);
  expect(shown).toContain('BUG-001 missed bullmq-6.7.0.solo.linux:\n  nothing was printed');
  expect(shown).toContain('  worker | line 1\n');
});
