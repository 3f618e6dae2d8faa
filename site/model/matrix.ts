import type { Cell } from '../../catalog/evidence/schema.ts';
import { platforms } from '../../catalog/writeup/schema.ts';
import type { TestedBug, TestedClaim } from './bug.ts';
import type { Result } from './result.ts';

/** The versions of a platform, or of its emulation: neighbouring columns under one heading. */
interface PlatformColumns {
  platform: Cell['platform'];
  emulate?: NonNullable<Cell['emulate']>;
  versions: string[];
}

export interface Matrix {
  columns: PlatformColumns[];
  /** One row a claim; for each version of each column its results, none where the claim does not speak of it. */
  rows: { claim: TestedClaim; results: Result[][] }[];
}

/** Claims of a bug by platform and engine version. */
export function matrixOf({ claims }: Pick<TestedBug, 'claims'>): Matrix {
  const cells = claims.flatMap(({ results }) => results.map(({ cell }) => cell));
  const columns = platforms.flatMap((platform) =>
    [undefined, ...new Set(cells.flatMap(({ emulate }) => emulate ?? []))].flatMap((emulate) => {
      const here = cells.filter((cell) => cell.platform === platform && cell.emulate === emulate);
      const versions = [...new Set(here.map(({ version }) => version))].toSorted(byVersion);
      return versions.length > 0 ? [{ platform, versions, ...(emulate && { emulate }) }] : [];
    }),
  );
  return { columns, rows: claims.map((claim) => ({ claim, results: rowOf(claim, columns) })) };
}

function rowOf(claim: TestedClaim, columns: PlatformColumns[]): Result[][] {
  return columns.flatMap(({ platform, emulate, versions }) =>
    versions.map((version) =>
      claim.results.filter(
        ({ cell }) =>
          cell.platform === platform && cell.emulate === emulate && cell.version === version,
      ),
    ),
  );
}

const byVersion = new Intl.Collator('en', { numeric: true }).compare;
