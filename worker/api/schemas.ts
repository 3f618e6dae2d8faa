import { z } from 'zod';
import { onBadRowChoices } from '../import/import-record.ts';

/** Amounts are decimal strings: JSON's own numbers are not exact. */
const amount = z.string().meta({ description: 'A decimal number, as text so that it is exact' });

export const importStates = [
  'waiting',
  'running',
  'done',
  'rejected',
  'failed',
  'cancelled',
  'undone',
] as const;

const position = z.looseObject({
  symbol: z.string(),
  currency: z.string(),
  quantity: amount,
  averageCost: amount,
  realisedGain: amount,
});

/** An import as the API shows it. Further members may come. */
export const shownImport = z
  .looseObject({
    id: z.uuid(),
    portfolio: z.string(),
    onBadRow: z.enum(onBadRowChoices),
    state: z.enum(importStates),
    attempts: z.int(),
    reason: z.string().nullable(),
    progress: z.looseObject({ rows: z.int(), bytes: z.int(), totalBytes: z.int() }).nullable(),
    bytes: z.int(),
    rows: z.int().nullable(),
    imported: z.int().nullable(),
    badRows: z.array(z.looseObject({ line: z.int(), reason: z.string() })),
    badRowCount: z.int(),
    duplicateOf: z.uuid().nullable(),
    dryRun: z.boolean(),
    known: z.int().meta({ description: 'Rows that the portfolio had already' }),
    leftOut: z.record(z.string(), z.int()),
    unusedColumns: z.array(z.string()),
    outlook: z.array(position).nullable(),
    createdAt: z.string(),
    finishedAt: z.string().nullable(),
  })
  .meta({ id: 'Import' });

const started = { import: z.uuid() };

export const startedImport = z
  .discriminatedUnion('mode', [
    z.object({ mode: z.literal('queued'), ...started }),
    z.object({ mode: z.literal('sync'), ...started, reason: z.string(), record: shownImport }),
    z.object({ mode: z.literal('known'), ...started, record: shownImport }),
  ])
  .meta({ id: 'StartedImport' });

export const problem = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
  })
  .meta({ id: 'Problem' });

const next = z
  .string()
  .nullable()
  .meta({ description: 'The path of the next page, null at the end' });

export const importList = z.object({ imports: z.array(shownImport), next });

export const portfolioList = z.object({
  portfolios: z.array(
    z.object({
      portfolio: z.string(),
      imports: z.int(),
      open: z.int(),
      transactions: z.int(),
    }),
  ),
  next,
});

export const positionList = z.object({
  portfolio: z.string(),
  positions: z.array(position),
});

export const transactionList = z.object({
  portfolio: z.string(),
  transactions: z.array(
    z.looseObject({
      import: z.uuid(),
      line: z.int(),
      date: z.iso.date(),
      symbol: z.string(),
      side: z.string(),
      quantity: amount,
      price: amount,
      fees: amount,
      currency: z.string(),
    }),
  ),
  next,
});
