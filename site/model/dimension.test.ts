import { expect, it } from 'vitest';
import { z } from 'zod';
import type { DimensionTable } from '../../catalog/cell/dimension.ts';
import { dimensions } from '../../catalog/cell/dimensions.ts';
import type { Cell } from '../../catalog/evidence/schema.ts';
import { exampleCell, exampleClaim } from '../testing/example.ts';
import type { TestedClaim } from './bug.ts';
import { matrixOf } from './matrix.ts';
import { cellParts, cellSentence, cellWords, conditionWords, dimensionValue } from './words.ts';

/** The table with a dimension that nothing else knows of, shown in one way or the other. */
function withLocale(shown: 'condition' | 'part'): DimensionTable {
  return {
    ...dimensions,
    locale: {
      written: 'locale',
      list: 'locales',
      what: 'The language of the system.',
      value: z.string(),
      presence: 'sometimes',
      shown,
      order: ['fr', 'de'],
      fileName: (locale) => `locale-${String(locale)}`,
      words: (locale) => `in ${String(locale)}`,
      brief: (locale) => String(locale),
      sentence: (locale) => `in ${String(locale)}`,
    },
  };
}

function cellIn(locale?: string): Cell {
  const cell = exampleCell(exampleClaim('lanes-open'));
  return { ...cell, ...(locale !== undefined && { locale }) };
}

it('is in words as soon as it is in the table', () => {
  expect(cellWords(cellIn('de'), withLocale('part'))).toBe('in de');
  expect(cellParts(cellIn('de'), withLocale('part'))).toBe('plain · de');
  expect(cellSentence(cellIn('de'), withLocale('part'))).toBe('celery 1.0.0 on Linux, in de');
  expect(conditionWords(cellIn('de'), withLocale('condition'))).toEqual(['in de']);
  expect(dimensionValue('locale', 'de', 'celery', withLocale('part'))).toBe('in de');
});

it('makes columns of the overview, in its own order, where it is a condition', () => {
  const results = ['de', undefined, 'fr'].map((locale) => ({ cell: cellIn(locale) }));
  const claims = [{ results }] as unknown as TestedClaim[];
  const { columns, rows } = matrixOf({ claims }, withLocale('condition'));
  expect(columns).toEqual([
    { platform: 'linux', versions: ['1.0.0'] },
    { platform: 'linux', locale: 'fr', versions: ['1.0.0'] },
    { platform: 'linux', locale: 'de', versions: ['1.0.0'] },
  ]);
  expect(rows[0]?.results.map((some) => some.length)).toEqual([1, 1, 1]);
});
