import type { Cell } from '../../catalog/evidence/schema.ts';
import type { Claim } from '../../catalog/writeup/schema.ts';

/** Every combination in which a claim is to be tested: each platform with each version. */
export function cellsOf({ run }: Claim): Cell[] {
  return run.platforms.flatMap((platform) =>
    run.versions.map((version) => ({
      engine: run.engine,
      version,
      pool: run.pool,
      platform,
      launch: run.launch,
      ...(run.emulate === undefined ? {} : { emulate: run.emulate }),
    })),
  );
}

/**
 * The cells in which a control must hold for a cell of another claim: on the same platform, and at the
 * same version if the control is run at it, else at all of its versions.
 */
export function controlCells(control: Claim, { platform, version }: Cell): Cell[] {
  const there = cellsOf(control).filter((cell) => cell.platform === platform);
  const same = there.filter((cell) => cell.version === version);
  return same.length > 0 ? same : there;
}
