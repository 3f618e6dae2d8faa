import type { DimensionTable } from '../cell/dimension.ts';
import { dimensions } from '../cell/dimensions.ts';
import { valueIn, type Cell } from '../cell/cell.ts';
import type { Claim } from '../writeup/schema.ts';

/** Values by the key under which a claim lists them. */
type Lists = Readonly<Record<string, readonly unknown[] | undefined>>;
type Place = Readonly<Record<string, unknown>>;

/**
 * Every combination a claim speaks of: its platforms, times its engine versions, times whatever else
 * it names, but for the exceptions it names.
 *
 * @param table the dimensions; a test hands in another.
 */
export function cellsOf({ run }: Pick<Claim, 'run'>, table: DimensionTable = dimensions): Cell[] {
  const lists = run as unknown as Lists;
  const { platform, ...others } = table;
  const outermostFirst = { ...(platform && { platform }), ...others };
  const places = Object.entries(outermostFirst).reduce<Place[]>(
    (inner, [key, { list, presence, usual }]) => {
      const values = lists[list] ?? [usual];
      const said = (value: unknown) =>
        value === undefined || (presence === 'sometimes' && value === usual)
          ? {}
          : { [key]: value };
      return inner.flatMap((place) => values.map((value) => ({ ...place, ...said(value) })));
    },
    [{}],
  );
  const cells = places.filter((place) => !run.except.some((one) => isWithin(place, one, table)));
  return cells.map((place) => ({ engine: run.engine, ...inOrder(place, table) }) as Cell);
}

/** Whether a place has every value that an exception names. */
function isWithin(place: Place, except: Claim['run']['except'][number], table: DimensionTable) {
  return Object.keys(table).every((key) => {
    const value = valueIn(except, key);
    return value === undefined || isSame(place[key], value);
  });
}

function inOrder(place: Place, table: DimensionTable): Place {
  return Object.fromEntries(
    Object.keys(table).flatMap((key) => (key in place ? [[key, place[key]]] : [])),
  );
}

/**
 * Whether a cell of the claim is one of those that stand for all, so that it is run each time.
 *
 * @param table the dimensions; a test hands in another.
 */
export function isUsual(
  { usually }: Pick<Claim, 'usually'>,
  cell: Cell,
  table: DimensionTable = dimensions,
): boolean {
  if (usually === undefined) return true;
  return Object.entries(table).every(([key, { list }]) => {
    const part = (usually as Lists)[list];
    const value = valueIn(cell, key);
    return part === undefined || value === undefined || part.some((one) => isSame(one, value));
  });
}

/** Values of dimensions are words, or lists of words. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
