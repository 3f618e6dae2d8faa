import { expect, it } from 'vitest';
import { exampleBug, exampleCell, exampleClaim, exampleEvidence } from '../testing/example.ts';
import { rowsOf } from './rows.ts';

const open = exampleClaim('lanes-open');

function rows(run: object, versions: string[] = []) {
  const claim = exampleClaim('lanes-close', {
    run: { pool: 'solo', ...run },
    control: 'lanes-open',
  });
  const evidence = versions.map((version) =>
    exampleEvidence(claim, { cell: exampleCell(claim, { version }) }),
  );
  return rowsOf(exampleBug([claim, open], evidence).claims[0]?.results ?? []);
}

it('draws together versions that were not run for one reason, and never a run', () => {
  const shown = rows({ versions: ['1.0.0', '2.0.0', '3.0.0'], platforms: ['linux', 'darwin'] }, [
    '1.0.0',
    '3.0.0',
  ]);
  expect(shown.map(({ verdict, cell, versions }) => [verdict, cell.platform, versions])).toEqual([
    ['confirmed', 'linux', ['1.0.0']],
    ['not run', 'linux', ['2.0.0']],
    ['confirmed', 'linux', ['3.0.0']],
    ['not run', 'darwin', ['1.0.0', '2.0.0', '3.0.0']],
  ]);
});

it.each([
  [{ launches: ['plain', 'venv'] }],
  [{ python: ['3.9', '3.11'] }],
  [{ shm: ['0755', 'full'] }],
  [{ topologies: ['single', 'cluster'] }],
])('keeps apart what was not run and differs by %o', (differing) => {
  const shown = rows({ versions: ['1.0.0', '2.0.0'], platforms: 'linux', ...differing });
  expect(shown.map(({ versions }) => versions)).toEqual([
    ['1.0.0', '2.0.0'],
    ['1.0.0', '2.0.0'],
  ]);
});
