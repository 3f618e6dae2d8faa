import type { Claim } from '../writeup/schema.ts';
import type { Cell } from './schema.ts';

/** Every combination a claim speaks of: its platforms, times its engine versions, times its Pythons. */
export function cellsOf({ run }: Claim): Cell[] {
  const { engine, versions, pool, platforms, launch, python, emulate, shm, install } = run;
  return platforms.flatMap((platform) =>
    versions.flatMap((version) =>
      (python ?? [undefined]).map((python) => ({
        engine,
        version,
        pool,
        platform,
        launch,
        ...(python && { python }),
        ...(emulate && { emulate }),
        ...(shm && { shm }),
        ...(install && { install }),
      })),
    ),
  );
}
