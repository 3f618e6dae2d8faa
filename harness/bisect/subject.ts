import { bisectedCell } from '../../catalog/evidence/bisection.ts';
import { cellsOf, isUsual } from '../../catalog/evidence/cells.ts';
import type { Cell } from '../../catalog/evidence/schema.ts';
import { BadInput } from '../../catalog/problem/bad-input.ts';
import { didYouMean } from '../../catalog/problem/did-you-mean.ts';
import type { Claim, Engine, Writeup } from '../../catalog/writeup/schema.ts';

interface Wanted {
  readonly claim?: string;
  readonly engine?: Engine;
  readonly platform: string;
}

/**
 * The claim to run over versions, and its cell here without its version: the claim that is named, else the
 * first that shows the failure on this platform.
 *
 * @throws BadInput when there is none.
 */
export function chooseSubject(
  writeup: Writeup,
  { claim: id, engine, platform }: Wanted,
): { claim: Claim; cell: Cell } {
  const { claims } = writeup;
  const named = claims.find((claim) => claim.id === id);
  if (id !== undefined && named === undefined) {
    const ids = claims.map((claim) => claim.id);
    throw new BadInput(
      `expected a claim of ${writeup.id}, got "${id}".${didYouMean(id, ids)} There are: ${ids.join(', ')}`,
    );
  }
  const wanted = named ? [named] : claims.filter((claim) => shows(claim, writeup));
  const found = wanted
    .filter((claim) => engine === undefined || claim.run.engine === engine)
    .flatMap((claim) => {
      const cells = cellsOf(claim).filter((cell) => cell.platform === platform);
      const cell = cells.find((one) => isUsual(claim, one)) ?? cells[0];
      return cell ? [{ claim, cell: bisectedCell(cell) }] : [];
    });
  const [first] = found;
  if (first !== undefined) return first;
  const what = named ? `"${named.id}"` : 'a claim that shows the failure';
  const where = engine === undefined ? platform : `${engine} and ${platform}`;
  throw new BadInput(
    `expected ${what} of ${writeup.id} to be of ${where}, got none that is. Name another with --claim: ${claims.map((claim) => claim.id).join(', ')}`,
  );
}

function shows({ id, expect, known }: Claim, { shownBy }: Writeup): boolean {
  if (known === 'refuted') return false;
  return shownBy === undefined ? expect.signature !== undefined : id === shownBy;
}

/** The versions of an engine that a write-up names in any claim. */
export function namedVersions({ claims }: Writeup, engine: Engine): string[] {
  return claims.flatMap(({ run }) => (run.engine === engine ? run.versions : []));
}
