import { expect, it } from 'vitest';
import { exampleClaim, exampleEvidence, exampleBug } from '../testing/example.ts';
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
const bug = exampleBug([emulated, plain], [exampleEvidence(emulated, {}, plain)]);

it('keeps emulated runs apart from those of the platform itself', () => {
  expect(matrixOf(bug).columns).toEqual([
    { platform: 'linux', versions: ['1.10.0'] },
    { platform: 'linux', emulate: 'spawn', versions: ['1.9.0', '1.10.0'] },
    { platform: 'wine', versions: ['1.10.0'] },
  ]);
});

it('keeps runs with an imposed /dev/shm apart too', () => {
  const { run } = exampleClaim('lanes-open');
  const dry = exampleClaim('lanes-dry', { run: { ...run, shm: '0755' } });
  const wet = exampleClaim('lanes-wet', { run: { ...run, shm: '1777' } });
  const claims = [wet, dry, exampleClaim('lanes-open')];
  const { columns, rows } = matrixOf(exampleBug(claims));
  expect(columns.map(({ platform, shm }) => [platform, shm])).toEqual([
    ['linux', undefined],
    ['linux', '0755'],
    ['linux', '1777'],
  ]);
  const spokenOf = rows.map(({ results }) => results.map((those) => those.length > 0));
  expect(spokenOf).toEqual([
    [false, false, true],
    [false, true, false],
    [true, false, false],
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
