import { expect, test } from 'vitest';
import { judgeClaim, judgeControl, judgeRuns } from './claim-verdict.ts';
import type { RunVerdict } from './run-verdict.ts';

const seen: Record<RunVerdict['holds'], RunVerdict> = {
  yes: { holds: 'yes', outcome: 'fails', reason: 'failed as described' },
  no: { holds: 'no', outcome: 'works', reason: 'worked' },
  unclear: { holds: 'unclear', outcome: 'unclear', reason: 'saw nothing' },
};

test.each<[RunVerdict['holds'][], string, string]>([
  [['yes'], 'confirmed', 'failed as described'],
  [['yes', 'yes', 'yes'], 'confirmed', 'failed as described'],
  [['no'], 'refuted', 'worked'],
  [['no', 'no'], 'refuted', 'worked'],
  [['yes', 'no', 'yes'], 'unstable', 'held in 2 of 3 runs; else worked'],
  [['unclear'], 'unknown', 'saw nothing'],
  // One run that shows nothing spoils the others: there may be more like it.
  [['yes', 'unclear'], 'unknown', 'saw nothing'],
  [['no', 'unclear'], 'unknown', 'saw nothing'],
])('runs that say %j make it %s', (runs, verdict, reason) => {
  const holding = runs.filter((holds) => holds === 'yes').length;
  const judged = judgeRuns(runs.map((holds) => seen[holds]));
  expect(judged).toMatchObject({ verdict, reason, runs: { total: runs.length, holding } });
  expect(reason).toContain(judged.telling.reason);
});

test('no run is no verdict', () => {
  expect(() => judgeRuns([])).toThrow('expected at least one run');
});

test.each(['refuted', 'unstable', 'unknown', 'not run'] as const)(
  'a control that is %s leaves every claim unknown',
  (verdict) => {
    const control = { claim: 'solo-works', verdict, reason: 'for some reason' };
    for (const own of [judgeRuns([seen.yes]), judgeRuns([seen.no])]) {
      const judged = judgeClaim(own, control);
      expect(judged.verdict).toBe('unknown');
      expect(judged.reason).toContain(`its control solo-works was ${verdict} (for some reason)`);
    }
  },
);

test('a control that is confirmed changes nothing', () => {
  const control = { claim: 'solo-works', verdict: 'confirmed', reason: '' } as const;
  for (const holds of ['yes', 'no', 'unclear'] as const) {
    const own = judgeRuns([seen[holds]]);
    expect(own).toMatchObject(judgeClaim(own, control));
  }
});

test('a control must hold in each of its cells, and must have one', () => {
  const confirmed = { verdict: 'confirmed', reason: 'well' } as const;
  const refuted = { verdict: 'refuted', reason: 'ill' } as const;
  expect(judgeControl('solo', [confirmed, confirmed]).verdict).toBe('confirmed');
  expect(judgeControl('solo', [confirmed, refuted])).toEqual({ claim: 'solo', ...refuted });
  expect(judgeControl('solo', []).verdict).toBe('unknown');
});
