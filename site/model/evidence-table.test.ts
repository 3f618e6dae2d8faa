import { expect, it } from 'vitest';
import { exampleBug, exampleCell, exampleClaim, exampleEvidence } from '../testing/example.ts';
import { evidenceTables } from './evidence-table.ts';

const run = {
  engine: 'celery',
  pool: 'prefork',
  platforms: ['win32', 'wine'],
  versions: ['1.9.0', '1.10.0'],
} as const;
const inside = exampleClaim('lanes-close-inside', {
  control: 'lanes-open-outside',
  run: {
    ...run,
    launches: ['venv'],
    python: ['3.9', '3.11'],
    except: [{ version: '1.10.0', python: '3.9', because: 'They were never introduced' }],
  },
});
const outside = exampleClaim('lanes-open-outside', {
  run: { ...run, python: ['3.11'] },
  control: 'lanes-close-inside',
});
const recorded = { platform: 'wine', python: '3.11' } as const;

function tablesOf(rows: object[], others: object = { down: 'version' }) {
  const evidence = [
    exampleEvidence(inside, { cell: exampleCell(inside, recorded) }, outside),
    exampleEvidence(
      outside,
      { cell: exampleCell(outside, { ...recorded, version: '1.10.0' }) },
      inside,
    ),
  ];
  return evidenceTables(
    exampleBug([inside, outside], evidence, {
      matrices: [{ title: 'Lanes by age', rows, across: ['launch', 'python'], ...others }],
    }),
  );
}

it('draws a table for each platform that has evidence, its columns in groups', () => {
  const [table, ...others] = tablesOf([{ claims: [inside.id, outside.id] }]);
  expect(others).toEqual([]);
  expect(table?.platform).toBe('wine');
  expect(table?.headings).toEqual([
    [
      { text: 'outside of a virtual environment', span: 2 },
      { text: 'in a virtual environment', span: 2 },
    ],
    ['Python 3.9', 'Python 3.11', 'Python 3.9', 'Python 3.11'].map((text) => ({ text, span: 1 })),
  ]);
});

it('puts every result where it belongs, and says why there can be none', () => {
  const [table] = tablesOf([{ claims: [inside.id, outside.id] }]);
  const shown = table?.rows.map(({ label, meetings }) => [
    label,
    ...meetings.map(({ results, because }) => because ?? results.map(({ verdict }) => verdict)),
  ]);
  expect(shown).toEqual([
    ['1.9.0', [], ['not run'], ['not run'], ['confirmed']],
    ['1.10.0', [], ['confirmed'], 'They were never introduced', ['not run']],
  ]);
  expect(table?.reasons).toEqual(['They were never introduced']);
});

it('leaves a row with a label whole', () => {
  const rows = [
    { label: 'without a roof', claims: [outside.id] },
    { label: 'with one', claims: [inside.id] },
  ];
  const [table] = tablesOf(rows, { across: ['version'] });
  expect(table?.rows.map(({ label }) => label)).toEqual(['without a roof', 'with one']);
  expect(table?.rows[1]?.meetings.map(({ results }) => results.length)).toEqual([2, 1]);
});
