import { z } from 'zod';
import type { DimensionTable } from './dimension.ts';
import { dimensions } from './dimensions.ts';
import { engines } from './values.ts';

type Table = typeof dimensions;
/** A dimension, by its key in a cell. */
export type DimensionKey = keyof Table;
/** A value of a dimension. */
export type ValueOf<Key extends DimensionKey> = z.output<Table[Key]['value']>;

type Shape = {
  [Key in DimensionKey]: Table[Key]['presence'] extends 'sometimes'
    ? z.ZodOptional<Table[Key]['value']>
    : Table[Key]['value'];
};

const shape = Object.fromEntries(
  Object.entries(dimensions).map(([key, { presence, value, what }]) => [
    key,
    (presence === 'sometimes' ? value.optional() : value).describe(what),
  ]),
) as Shape;

/** One combination a claim is tested in: a row of the matrix. */
export const cellSchema = z.strictObject({ engine: z.enum(engines), ...shape });
export type Cell = z.output<typeof cellSchema>;

/**
 * The name of a cell in file names and tables, such as
 * celery-5.6.1.prefork.linux[.venv][.spawn][.shm-0755][.pip_celery_redis][.python-3.11].
 *
 * @param table the dimensions; a test hands in another.
 */
export function cellName(cell: Cell, table: DimensionTable = dimensions): string {
  return Object.entries(table)
    .flatMap(([key, dimension]) => {
      const value = valueIn(cell, key);
      return value === undefined ? [] : (dimension.fileName(value, cell.engine) ?? []);
    })
    .join('.');
}

/** The value of a dimension in a cell, undefined where the cell does not speak of it. */
export function valueIn(cell: object, key: string): unknown {
  return (cell as Readonly<Record<string, unknown>>)[key];
}
