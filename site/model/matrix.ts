import { valueIn } from '../../catalog/cell/cell.ts';
import type { Dimension } from '../../catalog/cell/dimension.ts';
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

/** The dimensions that make columns, the outermost first. */
const conditions = (Object.entries(dimensions) as [keyof typeof dimensions, Dimension][])
  .filter(([, { shown }]) => shown === 'platform' || shown === 'condition')
  .map(([key]) => key);

/** Claims of a bug by platform and engine version. */
export function matrixOf({ claims }: Pick<TestedBug, 'claims'>): Matrix {
  const cells = claims.flatMap(({ results }) => results.map(({ cell }) => cell));
  const columns = conditionsOf(cells).map((under) => {
    const here = cells.filter((cell) => isUnder(under, cell));
    return {
      ...under,
      versions: sorted(
        'version',
        here.map(({ version }) => version),
      ),
    };
  });
  return { columns, rows: claims.map((claim) => ({ claim, results: rowOf(claim, columns) })) };
}

/** The conditions that cells are under, each once: every platform as it is before those imposed on it. */
function conditionsOf(cells: readonly Cell[]): Conditions[] {
  const all = cells.map((cell) => pick(cell));
  const unique = [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
  return conditions.toReversed().reduce(
    (list, key) =>
      [
        undefined,
        ...sorted(
          key,
          list.flatMap((one) => valueIn(one, key) ?? []),
        ),
      ].flatMap((value) => list.filter((one) => valueIn(one, key) === value)),
    unique,
  );
}

function pick(cell: Cell): Conditions {
  const entries = conditions.map((key) => [key, cell[key]] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Conditions;
}

function rowOf(claim: TestedClaim, columns: PlatformColumns[]): Result[][] {
  return columns.flatMap(({ versions, ...under }) =>
    versions.map((version) =>
      claim.results.filter(({ cell }) => isUnder(under, cell) && cell.version === version),
    ),
  );
}

function isUnder(under: Conditions, cell: Cell): boolean {
  return conditions.every((key) => cell[key] === under[key]);
}
