import { cellsOf } from '../../catalog/evidence/cells.ts';
import type { Cell } from '../../catalog/evidence/schema.ts';
import type { Claim } from '../../catalog/writeup/schema.ts';

/**
 * The cells in which a control must hold for a cell of another claim: on the same platform, and at the
 * same version if the control is run at it, else at all of its versions.
 */
export function controlCells(control: Claim, { platform, version }: Cell): Cell[] {
  const there = cellsOf(control).filter((cell) => cell.platform === platform);
  const same = there.filter((cell) => cell.version === version);
  return same.length > 0 ? same : there;
}
