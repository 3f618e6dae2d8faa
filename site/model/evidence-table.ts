import type { Cell } from '../../catalog/evidence/schema.ts';
import {
  launches,
  platforms,
  type Dimension,
  type Matrix,
  type Platform,
} from '../../catalog/writeup/schema.ts';
import type { TestedBug, TestedClaim } from './bug.ts';
import type { Result } from './result.ts';
import { dimensionValue } from './words.ts';

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
    headings: headingsOf(across, columns),
    rows: filled,
    reasons: [...new Set(reasons)],
  };
}

/** A place in the table: values of some dimensions. */
type Place = Partial<Record<Dimension, string>>;

/** A row with a label stays one; another becomes a row for each value of what goes down. */
function spread({ label, claims }: Row, down: Dimension | undefined) {
  if (label !== undefined || down === undefined) return [{ label: label ?? '', claims, place: {} }];
  const cells = claims.flatMap(({ results }) => results.map(({ cell }) => cell));
  return valuesOf(down, cells).map((value) => ({
    label: dimensionValue(down, value),
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
      .flatMap((cell) => [cell, ...run.except.map((one) => ({ ...cell, ...one }))]),
  );
}

const byNumber = new Intl.Collator('en', { numeric: true }).compare;

function valuesOf(dimension: Dimension, cells: readonly Cell[]): string[] {
  const values = new Set(cells.flatMap((cell) => cell[dimension] ?? []));
  if (dimension === 'launch') return launches.filter((launch) => values.has(launch));
  return dimension === 'pool' ? [...values] : [...values].toSorted(byNumber);
}

function meet(claims: readonly TestedClaim[], place: Place & { platform: Platform }): Meeting {
  const entries = Object.entries(place) as [keyof Cell, string][];
  const results = claims
    .flatMap((claim) => claim.results)
    .filter(({ cell }) => entries.every(([key, value]) => cell[key] === value));
  const excepted = claims
    .filter(({ run }) => run.launches.some((launch) => launch === (place.launch ?? launch)))
    .flatMap(({ run }) => run.except)
    .find(({ version, python }) => version === place.version && python === place.python);
  return results.length === 0 && excepted ? { results, because: excepted.because } : { results };
}

function headingsOf(across: readonly Dimension[], columns: readonly Place[]) {
  return across.map((dimension, level) => {
    const outer = across.slice(0, level + 1);
    const groups = Map.groupBy(columns, (column) => outer.map((one) => column[one]).join(' '));
    return [...groups.values()].map((group) => ({
      text: dimensionValue(dimension, group[0]?.[dimension] ?? ''),
      span: group.length,
    }));
  });
}
