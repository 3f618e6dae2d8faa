import { expect, it } from 'vitest';
import { exampleBug, exampleCell, exampleClaim, exampleEvidence } from '../testing/example.ts';
import { affected } from './affected.ts';

const closes = exampleClaim('lanes-close', {
  run: { versions: ['1.10.0', '1.9.0'], pool: 'solo', platforms: ['windows', 'linux'] },
  expect: { outcome: 'fails', signature: 'lane-closed' },
});
const opens = exampleClaim('lanes-open', {
  run: { version: '1.9.0', pool: 'solo', platforms: 'everywhere' },
});

it('names versions and platforms on which a run showed it, and those that nobody tried', () => {
  const evidence = ['1.10.0', '1.9.0'].map((version) =>
    exampleEvidence(closes, { cell: exampleCell(closes, { platform: 'wine', version }) }, opens),
  );
  const refuted = exampleEvidence(
    closes,
    { cell: exampleCell(closes, { platform: 'linux' }), came: ['works'] },
    opens,
  );
  expect(affected(exampleBug([closes, opens], [...evidence, refuted]))).toEqual({
    shown: ['Celery 1.9.0, 1.10.0 on Wine'],
    measured: [],
    notRun: ['Windows'],
  });
});
