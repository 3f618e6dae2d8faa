import { expect, it } from 'vitest';
import { exampleClaim, exampleEvidence, exampleWriteup } from '../testing/example.ts';
import { testedBug } from './bug.ts';
import { matrixOf } from './matrix.ts';

const emulated = exampleClaim('lanes-close', {
  run: {
    engine: 'celery',
    versions: ['1.9.0', '1.10.0'],
    pool: 'prefork',
    platforms: ['linux'],
    emulate: 'spawn',
  },
});
const plain = exampleClaim('lanes-open', {
  run: { engine: 'celery', versions: ['1.10.0'], pool: 'prefork', platforms: ['wine', 'linux'] },
});
const bug = testedBug('999-lanes-close', exampleWriteup([emulated, plain]), [
  exampleEvidence(emulated),
]);

it('keeps emulated runs apart from those of the platform itself', () => {
  expect(matrixOf(bug).columns).toEqual([
    { platform: 'linux', versions: ['1.10.0'] },
    { platform: 'linux', emulate: 'spawn', versions: ['1.9.0', '1.10.0'] },
    { platform: 'wine', versions: ['1.10.0'] },
  ]);
});

it('leaves empty what a claim does not speak of, and says what was not run', () => {
  const rows = matrixOf(bug).rows.map(({ results }) =>
    results.map((those) => those.map(({ verdict }) => verdict)),
  );
  expect(rows).toEqual([
    [[], ['confirmed'], ['not run'], []],
    [['not run'], [], [], ['not run']],
  ]);
});
