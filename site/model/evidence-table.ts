import { valueIn } from '../../catalog/cell/cell.ts';
import { dimensions } from '../../catalog/cell/dimensions.ts';
import { isSame } from '../../catalog/evidence/cells.ts';
import type { Cell } from '../../catalog/evidence/schema.ts';
import {
  platforms,
  type Dimension,
  type Engine,
  type Matrix,
  type Platform,
} from '../../catalog/writeup/schema.ts';
import type { TestedBug, TestedClaim } from './bug.ts';
import type { Result } from './result.ts';
import { dimensionValue, sorted } from './words.ts';

/** What stands where a row and a column meet. */
interface Meeting {
  results: Result[];
  /** Why there are none, where the write-up names it. */
  because?: string;
}

/** A matrix of a write-up, filled in from the evidence of one platform. */
export interface EvidenceTable {
  title: string;
  platform: Platform;
  /** Headings over the columns, the outermost first; a heading spans the columns below it. */
  headings: { text: string; span: number }[][];
  rows: { label: string; meetings: Meeting[] }[];
  /** Every reason named in it, once. */
  reasons: string[];
}

/** The matrices of a write-up, one for each platform that has evidence for it. */
export function evidenceTables({ matrices, claims }: TestedBug): EvidenceTable[] {
  return matrices.flatMap((matrix) => {
    const rows = matrix.rows.map(({ label, claims: ids }) => ({
      label,
      claims: claims.filter(({ id }) => ids.includes(id)),
    }));
    const results = rows.flatMap((row) => row.claims.flatMap((claim) => claim.results));
    return platforms
      .filter((platform) => results.some((one) => one.cell.platform === platform && one.evidence))
      .map((platform) => fill(matrix, rows, platform));
  });
}

interface Row {
  readonly label: string | undefined;
  readonly claims: readonly TestedClaim[];
}

function fill({ title, down, across }: Matrix, written: Row[], platform: Platform): EvidenceTable {
  const rows = written.flatMap((row) => spread(row, down));
  const cells = rows.flatMap((row) => spokenOf(row.claims, platform));
  const columns = across.reduce<Place[]>(
    (places, dimension) =>
      places.flatMap((place) =>
        valuesOf(dimension, cells).map((value) => ({ ...place, [dimension]: value })),
      ),
    [{}],
  );
  const filled = rows.map(({ label, claims, place }) => ({
    label,
    meetings: columns.map((column) => meet(claims, { ...column, ...place, platform })),
  }));
  const reasons = filled.flatMap(({ meetings }) => meetings.flatMap((one) => one.because ?? []));
  return {
    title,
    platform,
    headings: headingsOf(across, columns, cells[0]?.engine ?? 'celery'),
    rows: filled,
    reasons: [...new Set(reasons)],
  };
}

/** A place in the table: values of some dimensions. */
type Place = Partial<Record<Dimension, unknown>>;

/** A row with a label stays one; another becomes a row for each value of what goes down. */
function spread({ label, claims }: Row, down: Dimension | undefined) {
  if (label !== undefined || down === undefined) return [{ label: label ?? '', claims, place: {} }];
  const cells = claims.flatMap(({ results }) => results.map(({ cell }) => cell));
  return valuesOf(down, cells).map((value) => ({
    label: dimensionValue(down, value, cells[0]?.engine ?? 'celery'),
    claims,
    place: { [down]: value },
  }));
}

/** The cells that claims speak of on a platform, those they except included. */
function spokenOf(claims: readonly TestedClaim[], platform: Platform): Cell[] {
  return claims.flatMap(({ results, run }) =>
    results
      .map(({ cell }) => cell)
      .filter((cell) => cell.platform === platform)
      .flatMap((cell) => [cell, ...run.except.map((one) => ({ ...cell, ...one }) as Cell)]),
  );
}

function valuesOf(dimension: Dimension, cells: readonly Cell[]): unknown[] {
  const values = cells.map((cell) => valueIn(cell, dimension));
  const known = values.filter((value) => value !== undefined);
  return sorted(dimension, [...new Map(known.map((one) => [JSON.stringify(one), one])).values()]);
}

function meet(claims: readonly TestedClaim[], place: Place & { platform: Platform }): Meeting {
  const results = claims
    .flatMap((claim) => claim.results)
    .filter(({ cell }) => agrees(place, (key) => valueIn(cell, key)));
  const excepted = claims
    .filter(({ run }) => Object.entries(place).every(([key, value]) => lists(run, key, value)))
    .flatMap(({ run }) => run.except)
    .find((except) => isNamed(except, place));
  return results.length === 0 && excepted ? { results, because: excepted.because } : { results };
}

function agrees(place: Place, valueOf: (key: string) => unknown): boolean {
  return Object.entries(place).every(([key, value]) => isSame(valueOf(key), value));
}

/** Whether an exception speaks of nothing but values that the place has. */
function isNamed(except: object, place: Place): boolean {
  return Object.keys(dimensions).every((key) => {
    const value = valueIn(except, key);
    return value === undefined || isSame(value, valueIn(place, key));
  });
}

/** Whether a claim names the value of a dimension, or does not speak of the dimension at all. */
function lists(run: TestedClaim['run'], key: string, value: unknown): boolean {
  const { list } = dimensions[key as Dimension];
  const named = valueIn(run, list) as readonly unknown[] | undefined;
  return named?.some((one) => isSame(one, value)) ?? true;
}

function headingsOf(across: readonly Dimension[], columns: readonly Place[], engine: Engine) {
  return across.map((dimension, level) => {
    const outer = across.slice(0, level + 1);
    const groups = Map.groupBy(columns, (column) =>
      JSON.stringify(outer.map((one) => column[one])),
    );
    return [...groups.values()].map((group) => ({
      text: dimensionValue(dimension, group[0]?.[dimension] ?? '', engine),
      span: group.length,
    }));
  });
}
