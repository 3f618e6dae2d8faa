import type { Claim } from '../writeup/schema.ts';
import { cellsOf, isUsual } from './cells.ts';
import type { Cell } from './schema.ts';

/**
 * The cells in which a control must hold for a cell of another claim: on the same platform, and at the
 * same version, on the same Python and launched in the same way if the control is run so. What is left
 * of its cells then is cut down to those that stand for all.
 */
export function controlCells(control: Claim, { platform, version, python, launch }: Cell): Cell[] {
  const { python: pythons, launches } = control.usually ?? {};
  const alike: ((cell: Cell) => boolean)[] = [
    (cell) => cell.version === version,
    (cell) => cell.python === python,
    (cell) => cell.launch === launch,
    // A version of the claim's own counts for more than the control's usual one.
    (cell) => isUsual({ usually: { python: pythons, launches } }, cell),
    (cell) => isUsual(control, cell),
  ];
  const there = cellsOf(control).filter((cell) => cell.platform === platform);
  return alike.reduce(preferring, there);
}

/** Those that are alike, or all of them when none is. */
function preferring(cells: Cell[], alike: (cell: Cell) => boolean): Cell[] {
  const found = cells.filter(alike);
  return found.length > 0 ? found : cells;
}
