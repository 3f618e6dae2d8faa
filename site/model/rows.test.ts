import { expect, it } from 'vitest';
import { exampleCell, exampleClaim, exampleEvidence } from '../testing/example.ts';
import { explainedResults } from './result.ts';
import { rowsOf } from './rows.ts';

const claim = exampleClaim('lanes-close', {
  run: {
    engine: 'celery',
    versions: ['1.0.0', '2.0.0', '3.0.0'],
    pool: 'solo',
    platforms: ['linux', 'darwin'],
  },
});

it('draws together what was not run for one reason, and never a run', () => {
  const evidence = ['1.0.0', '3.0.0'].map((version) =>
    exampleEvidence(claim, { cell: exampleCell(claim, { version }) }),
  );
  const rows = rowsOf(explainedResults(claim, evidence));
  expect(rows.map(({ verdict, cell, versions }) => [verdict, cell.platform, versions])).toEqual([
    ['confirmed', 'linux', ['1.0.0']],
    ['not run', 'linux', ['2.0.0']],
    ['confirmed', 'linux', ['3.0.0']],
    ['not run', 'darwin', ['1.0.0', '2.0.0', '3.0.0']],
  ]);
});
