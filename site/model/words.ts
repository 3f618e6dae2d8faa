import { valueIn } from '../../catalog/cell/cell.ts';
import type { Dimension, DimensionTable } from '../../catalog/cell/dimension.ts';
import { dimensions, platformNames } from '../../catalog/cell/dimensions.ts';
import type { Cell } from '../../catalog/evidence/schema.ts';
import type { Engine, Platform, Pool } from '../../catalog/writeup/schema.ts';

export { platformNames };

export const engineNames: Record<Engine, string> = { celery: 'Celery', bullmq: 'BullMQ' };

/** What a reader must know before taking a platform's label at its word. */
export const platformNotes: Partial<Record<Platform, string>> = {
  wine: 'Real Windows programs, run by Wine instead of Windows',
};

/** A pool as users of its engine call it: Celery's own word, or what BullMQ's option does. */
export function poolName(engine: Engine, pool: Pool): string {
  return dimensions.pool.words(pool, engine);
}

/** The pools of a claim, as `prefork and threads`. */
export function poolNames(engine: Engine, pools: readonly Pool[]): string {
  return new Intl.ListFormat('en').format(pools.map((pool) => poolName(engine, pool)));
}

/** A value of a dimension, as a heading of a table. */
export function dimensionValue(
  key: string,
  value: unknown,
  engine: Engine,
  table: DimensionTable = dimensions,
): string {
  return table[key]?.words(value, engine) ?? String(value);
}

/** The values of a dimension, each once, in the order in which tables show them. */
export function sorted<Value>(
  key: string,
  values: readonly Value[],
  table: DimensionTable = dimensions,
): Value[] {
  const unique = [...new Set(values)];
  const order = table[key]?.order ?? 'as written';
  if (order === 'as written') return unique;
  if (order === 'number') return unique.toSorted((a, b) => byNumber(String(a), String(b)));
  return unique.toSorted((a, b) => order.indexOf(a) - order.indexOf(b));
}

const byNumber = new Intl.Collator('en', { numeric: true }).compare;

/** What tells a cell from others of its claim, platform and version: `venv · 3.11`. */
export function cellParts(cell: Cell, table: DimensionTable = dimensions): string {
  return partsOf(cell, table)
    .map(([one, value]) => one.brief?.(value) ?? one.words(value, cell.engine))
    .join(' · ');
}

/** What tells a cell from others of its platform, version and conditions, in words. A plain launch goes without saying. */
export function cellWords(cell: Cell, table: DimensionTable = dimensions): string {
  return partsOf(cell, table)
    .filter(([{ presence, usual }, value]) => presence === 'sometimes' || value !== usual)
    .map(([one, value]) => one.words(value, cell.engine))
    .join(', ');
}

/** The conditions that a cell was put under, in words: `emulated: spawn`. */
export function conditionWords(cell: Partial<Cell>, table: DimensionTable = dimensions): string[] {
  return Object.entries(table).flatMap(([key, one]) => {
    const value = valueIn(cell, key);
    return one.shown === 'condition' && value !== undefined
      ? one.words(value, cell.engine ?? 'celery')
      : [];
  });
}

function partsOf(cell: Cell, table: DimensionTable): [Dimension, unknown][] {
  return Object.entries(table).flatMap(([key, dimension]): [Dimension, unknown][] => {
    const value = valueIn(cell, key);
    return dimension.shown === 'part' && value !== undefined ? [[dimension, value]] : [];
  });
}

/** `celery 5.6.1 on linux`, with what was imitated or imposed: for sentences. */
export function cellSentence(cell: Cell, table: DimensionTable = dimensions): string {
  return [
    `${cell.engine} ${cell.version} on ${platformNames[cell.platform]}`,
    ...Object.entries(table).flatMap(([key, one]) => {
      const value = valueIn(cell, key);
      return value === undefined ? [] : (one.sentence?.(value) ?? []);
    }),
  ].join(', ');
}

const dateFormat = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

/** `2026-11-23` or a full timestamp as `23 Nov 2026`, in UTC. */
export function day(iso: string): string {
  return dateFormat.format(new Date(iso));
}

/** Milliseconds as a reader says them: `850 ms`, `4.2 s`, `3 min 5 s`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** `1 claim`, `2 claims`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
