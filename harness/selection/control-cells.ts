import { cellsOf } from '../../catalog/evidence/cells.ts';
import type { Cell } from '../../catalog/evidence/schema.ts';
import type { Claim } from '../../catalog/writeup/schema.ts';

/**
 * The cells in which a control must hold for a cell of another claim: on the same platform, and at the
 * same version and on the same Python if the control is run there, else at all that it has.
 */
export function controlCells(control: Claim, { platform, version, python }: Cell): Cell[] {
  const there = cellsOf(control).filter((cell) => cell.platform === platform);
  return preferring(
    preferring(there, (cell) => cell.version === version),
    (cell) => cell.python === python,
  );
}

/** Those that are alike, or all of them when none is. */
function preferring(cells: Cell[], alike: (cell: Cell) => boolean): Cell[] {
  const found = cells.filter(alike);
  return found.length > 0 ? found : cells;
}
