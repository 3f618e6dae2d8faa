import type { DimensionTable } from '../cell/dimension.ts';
import { dimensions } from '../cell/dimensions.ts';
import { valueIn } from '../cell/cell.ts';
import type { Claim } from '../writeup/schema.ts';
import { cellsOf, isSame, isUsual } from './cells.ts';
import type { Cell } from './schema.ts';

/**
 * The cells in which a control must hold for a cell of another claim: on the same platform, and at the
 * same version, in the same pool, on the same Python and so on, if the control is run so. What is left
 * of its cells then is cut down to those that stand for all.
 */
export function controlCells(control: Claim, cell: Cell): Cell[] {
  const { version, ...others }: DimensionTable = dimensions;
  const keys = Object.keys({ version, ...others }).filter((key) => key !== 'platform');
  const alike: ((one: Cell) => boolean)[] = [
    ...keys.map((key) => (one: Cell) => isSame(valueIn(one, key), valueIn(cell, key))),
    // A version of the claim's own counts for more than the control's usual one.
    (one) => isUsual({ usually: { ...control.usually, versions: [one.version] } }, one),
    (one) => isUsual(control, one),
  ];
  const there = cellsOf(control).filter(({ platform }) => platform === cell.platform);
  return alike.reduce(preferring, there);
}

/** Those that are alike, or all of them when none is. */
function preferring(cells: Cell[], alike: (cell: Cell) => boolean): Cell[] {
  const found = cells.filter(alike);
  return found.length > 0 ? found : cells;
}
