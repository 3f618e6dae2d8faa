import { expect, test } from 'vitest';
import { z } from 'zod';
import { cellsOf, isUsual } from '../evidence/cells.ts';
import { axesOf, type Claim } from '../writeup/schema.ts';
import { cellName } from './cell.ts';
import type { DimensionTable } from './dimension.ts';
import { dimensions } from './dimensions.ts';
import { writtenKeys } from './lists.ts';

/** The table with a dimension that nothing else knows of. */
const withLocale: DimensionTable = {
  ...dimensions,
  locale: {
    written: 'locale',
    list: 'locales',
    what: 'The language of the system.',
    value: z.string(),
    presence: 'sometimes',
    shown: 'condition',
    order: 'as written',
    fileName: (locale) => `locale-${String(locale)}`,
    words: (locale) => `in ${String(locale)}`,
    sentence: (locale) => `in ${String(locale)}`,
  },
};

const claim = {
  run: {
    engine: 'celery',
    versions: ['5.7.0'],
    pools: ['solo'],
    platforms: ['linux'],
    launches: ['plain'],
    locales: ['de', 'fr'],
    except: [],
  },
  usually: { locales: ['de'] },
} as unknown as Claim;

test('a dimension that is added to the table is in cells, names and the usual part', () => {
  const cells = cellsOf(claim, withLocale);
  expect(cells.map((cell) => cellName(cell, withLocale))).toEqual([
    'celery-5.7.0.solo.linux.locale-de',
    'celery-5.7.0.solo.linux.locale-fr',
  ]);
  expect(cells.map((cell) => isUsual(claim, cell, withLocale))).toEqual([true, false]);
});

test('rows and columns of a matrix may stand for it', () => {
  expect(axesOf(withLocale)).toEqual([...axesOf(), 'locale']);
});

test('it can be written, alone or as several', () => {
  const run = z.strictObject(writtenKeys(withLocale));
  expect(run.safeParse({ locale: 'de' }).success).toBe(true);
  expect(run.safeParse({ locales: ['de', 'fr'] }).success).toBe(true);
  expect(run.safeParse({ locales: [1] }).success).toBe(false);
});

test('keys of `run` are of one dimension each', () => {
  const keys = Object.values(dimensions).flatMap(({ written, list }) => [
    ...new Set<string>([written, list]),
  ]);
  expect(keys.filter((key, index) => keys.indexOf(key) < index)).toEqual([]);
});
