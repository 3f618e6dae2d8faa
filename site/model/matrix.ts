import { valueIn } from '../../catalog/cell/cell.ts';
import type { DimensionTable } from '../../catalog/cell/dimension.ts';
import { dimensions } from '../../catalog/cell/dimensions.ts';
import type { Cell } from '../../catalog/evidence/schema.ts';
import type { TestedBug, TestedClaim } from './bug.ts';
import type { Result } from './result.ts';
import { sorted } from './words.ts';

/** A platform as it is, or under conditions imposed on it: a cell's values of the dimensions that make columns. */
type Conditions = Pick<Cell, 'platform'> & Partial<Cell>;

/** The versions run under the same conditions: neighbouring columns under one heading. */
type PlatformColumns = Conditions & { versions: string[] };

export interface Matrix {
  columns: PlatformColumns[];
  /** One row a claim; for each version of each column its results, none where the claim does not speak of it. */
  rows: { claim: TestedClaim; results: Result[][] }[];
}

/**
 * Claims of a bug by platform, what was imposed on it, and engine version.
 *
 * @param table the dimensions; a test hands in another.
 */
export function matrixOf(
  { claims }: Pick<TestedBug, 'claims'>,
  table: DimensionTable = dimensions,
): Matrix {
  const cells = claims.flatMap(({ results }) => results.map(({ cell }) => cell));
  const columns = conditionsOf(cells, table).map((under): PlatformColumns => {
    const here = cells.filter((cell) => isUnder(under, cell, table)).map(({ version }) => version);
    return { ...under, versions: sorted('version', here) };
  });
  const rows = claims.map((claim) => ({ claim, results: rowOf(claim, columns, table) }));
  return { columns, rows };
}

/** The dimensions that make columns, the outermost first. */
function keysOf(table: DimensionTable): string[] {
  const { platform, ...others } = table;
  return Object.entries({ ...(platform && { platform }), ...others })
    .filter(([, { shown }]) => shown === 'platform' || shown === 'condition')
    .map(([key]) => key);
}

/** The conditions that cells are under, each once: every platform as it is before those imposed on it. */
function conditionsOf(cells: readonly Cell[], table: DimensionTable): Conditions[] {
  const keys = keysOf(table);
  const all = cells.map((cell) => pick(cell, keys));
  const unique = [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
  return keys.toReversed().reduce((list, key) => {
    const named = list.flatMap((one) => valueIn(one, key) ?? []);
    const values = [undefined, ...sorted(key, named, table)];
    return values.flatMap((value) => list.filter((one) => valueIn(one, key) === value));
  }, unique);
}

function pick(cell: Cell, keys: readonly string[]): Conditions {
  const entries = keys.map((key) => [key, valueIn(cell, key)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Conditions;
}

function rowOf(claim: TestedClaim, columns: PlatformColumns[], table: DimensionTable): Result[][] {
  return columns.flatMap((column) =>
    column.versions.map((version) =>
      claim.results.filter(({ cell }) => isUnder(column, cell, table) && cell.version === version),
    ),
  );
}

function isUnder(under: Conditions, cell: Cell, table: DimensionTable): boolean {
  return keysOf(table).every((key) => valueIn(cell, key) === valueIn(under, key));
}
