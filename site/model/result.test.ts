import { describe, expect, it } from 'vitest';
import { exampleClaim, exampleEvidence } from '../testing/example.ts';
import { evidenceFile, evidencePage, explainedResults } from './result.ts';

const claim = exampleClaim('lanes-close', {
  run: {
    engine: 'celery',
    versions: ['1.0.0', '2.0.0'],
    pool: 'solo',
    platforms: ['linux', 'win32'],
  },
});

describe('explainedResults', () => {
  it('gives the reason of a run', () => {
    const evidence = exampleEvidence(claim, { reason: 'Nobody swam.' });
    expect(explainedResults(claim, [evidence])[0]).toMatchObject({
      verdict: 'confirmed',
      reason: 'Nobody swam.',
      evidence,
    });
  });

  it('says of every cell without a run where none is recorded', () => {
    const results = explainedResults(claim, [exampleEvidence(claim)]);
    expect(results.map(({ cell, verdict, reason }) => [cell.version, verdict, reason])).toEqual([
      ['1.0.0', 'confirmed', 'The swimmer reached the other end.'],
      ['2.0.0', 'not run', 'No run on Linux is recorded yet.'],
      ['1.0.0', 'not run', 'No run on Windows is recorded yet.'],
      ['2.0.0', 'not run', 'No run on Windows is recorded yet.'],
    ]);
  });

  it('takes no evidence of a sentence that has changed since', () => {
    const evidence = exampleEvidence(claim, { says: 'The lanes close at one' });
    const [result] = explainedResults(claim, [evidence]);
    expect(result).toMatchObject({
      verdict: 'not run',
      reason: 'The sentence has changed since its run on 1 Feb 2026.',
    });
    expect(result).not.toHaveProperty('evidence');
  });
});

it('places a run on the page of its claim, and its JSON beside it', () => {
  const evidence = exampleEvidence(claim);
  expect(evidencePage(evidence)).toBe(
    '/evidence/999-lanes-close/lanes-close/#celery-1.0.0.solo.linux',
  );
  expect(evidenceFile(evidence)).toBe(
    '/evidence/999-lanes-close/lanes-close.celery-1.0.0.solo.linux.json',
  );
});
