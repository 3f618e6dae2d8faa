import type { Writeup } from '../../catalog/writeup/schema.ts';
import { BadInput } from '../../catalog/problem/bad-input.ts';
import { findWriteup } from '../../catalog/writeup/find.ts';
import type { Claim, Engine, Platform, Pool } from '../../catalog/writeup/schema.ts';
import type { Cell } from '../../catalog/evidence/schema.ts';
import { cellsOf, isUsual } from '../../catalog/evidence/cells.ts';
import { controlCells } from '../../catalog/evidence/control-cells.ts';
import type { Case } from './plan.ts';

/** What the user asked for; nothing asked for selects everything. */
export interface Selection {
  /** `002`, `BUG-002` or the slug. */
  readonly bugs?: readonly string[];
  /** Claims on this engine; with a version, their cells at that version. */
  readonly engine?: { readonly name: Engine; readonly version?: string };
  /** Takes the place of the versions of this engine that write-ups list, for controls too. */
  readonly replaceEngine?: { readonly name: Engine; readonly version: string };
  readonly platform?: Platform;
  readonly pool?: Pool;
  /** Every cell, not only those that stand for all of a claim's. Default: those alone. */
  readonly matrix?: boolean;
}

/**
 * Selects claims and the cells to test them in. A version that is to be replaced is so before anything
 * is selected.
 *
 * @throws BadInput for a bug that does not exist, and when nothing is selected.
 */
export function select(writeups: readonly Writeup[], selection: Selection): Case[] {
  const cases = selectBugs(writeups, selection.bugs ?? [])
    .map((writeup) => atVersion(writeup, selection.replaceEngine))
    .flatMap(casesOf)
    .filter(
      ({ claim, cell }) =>
        (selection.matrix === true || isUsual(claim, cell)) &&
        isOf(cell, selection.engine) &&
        (selection.platform === undefined || selection.platform === cell.platform) &&
        (selection.pool === undefined || selection.pool === cell.pool),
    );
  if (cases.length === 0 && writeups.length > 0) {
    throw new BadInput(
      'expected at least one claim to test, got a selection that fits none. Leave out an option, or type: poolproof list',
    );
  }
  return cases;
}

function isOf({ engine, version }: Cell, wanted: Selection['engine']): boolean {
  if (wanted === undefined) return true;
  return wanted.name === engine && (wanted.version ?? version) === version;
}

function selectBugs(writeups: readonly Writeup[], wanted: readonly string[]): readonly Writeup[] {
  if (wanted.length === 0) return writeups;
  const chosen = new Set(wanted.map((name) => findWriteup(writeups, name)));
  return writeups.filter((writeup) => chosen.has(writeup));
}

/** A write-up may test claims on more than one engine: the version is that of the engine named. */
function atVersion(writeup: Writeup, engine: Selection['replaceEngine']): Writeup {
  if (engine === undefined) return writeup;
  const { name, version } = engine;
  const claims = writeup.claims.map((claim): Claim =>
    claim.run.engine === name ? { ...claim, run: { ...claim.run, versions: [version] } } : claim,
  );
  return { ...writeup, claims };
}

function casesOf({ id, slug, signatures, claims }: Writeup): Case[] {
  return claims.flatMap((claim) => {
    const control = claims.find((other) => other.id === claim.control);
    if (control === undefined) throw new Error(`${slug}: no claim is called ${claim.control}`);
    return cellsOf(claim).map((cell) => ({
      bug: id,
      slug,
      signatures,
      claim,
      cell,
      control: { claim: control, cells: controlCells(control, cell) },
    }));
  });
}
