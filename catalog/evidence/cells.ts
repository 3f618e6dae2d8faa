import type { Claim } from '../writeup/schema.ts';
import type { Cell } from './schema.ts';

/** Every combination a claim speaks of: its platforms times its engine versions. */
export function cellsOf({ run }: Claim): Cell[] {
  const { engine, versions, pool, platforms, launch, emulate } = run;
  return platforms.flatMap((platform) =>
    versions.map((version) => ({
      engine,
      version,
      pool,
      platform,
      launch,
      ...(emulate && { emulate }),
    })),
  );
}
