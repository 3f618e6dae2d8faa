import type { Cell } from '../../catalog/evidence/schema.ts';
import { emulations, platforms, shms } from '../../catalog/writeup/schema.ts';
import type { TestedBug, TestedClaim } from './bug.ts';
import type { Result } from './result.ts';

/** A platform as it is, or under conditions imposed on it. */
type Conditions = Pick<Cell, 'platform' | 'emulate' | 'shm'>;

/** The versions run under the same conditions: neighbouring columns under one heading. */
interface PlatformColumns extends Conditions {
  versions: string[];
}

export interface Matrix {
  columns: PlatformColumns[];
  /** One row a claim; for each version of each column its results, none where the claim does not speak of it. */
  rows: { claim: TestedClaim; results: Result[][] }[];
}

/** Every platform as it is, and then under each condition that can be imposed on it. */
const allConditions: Conditions[] = platforms.flatMap((platform) =>
  [undefined, ...emulations].flatMap((emulate) =>
    [undefined, ...shms].map((shm) => ({
      platform,
      ...(emulate && { emulate }),
      ...(shm && { shm }),
    })),
  ),
);

/** Claims of a bug by platform and engine version. */
export function matrixOf({ claims }: Pick<TestedBug, 'claims'>): Matrix {
  const cells = claims.flatMap(({ results }) => results.map(({ cell }) => cell));
  const columns = allConditions.flatMap((conditions) => {
    const here = cells.filter((cell) => isUnder(conditions, cell));
    const versions = [...new Set(here.map(({ version }) => version))].toSorted(byVersion);
    return versions.length > 0 ? [{ ...conditions, versions }] : [];
  });
  return { columns, rows: claims.map((claim) => ({ claim, results: rowOf(claim, columns) })) };
}

function rowOf(claim: TestedClaim, columns: PlatformColumns[]): Result[][] {
  return columns.flatMap(({ versions, ...conditions }) =>
    versions.map((version) =>
      claim.results.filter(({ cell }) => isUnder(conditions, cell) && cell.version === version),
    ),
  );
}

function isUnder({ platform, emulate, shm }: Conditions, cell: Cell): boolean {
  return cell.platform === platform && cell.emulate === emulate && cell.shm === shm;
}

const byVersion = new Intl.Collator('en', { numeric: true }).compare;
