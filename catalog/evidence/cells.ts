import type { Claim } from '../writeup/schema.ts';
import type { Cell } from './schema.ts';

/**
 * Every combination a claim speaks of: its platforms, times its engine versions, times its launches,
 * times its Pythons, but for the exceptions it names.
 */
export function cellsOf({ run }: Claim): Cell[] {
  const { engine, versions, pool, platforms, launches, python, emulate, shm, install, except } =
    run;
  return platforms.flatMap((platform) =>
    versions.flatMap((version) =>
      launches.flatMap((launch) =>
        (python ?? [undefined])
          .filter(
            (python) => !except.some((one) => one.version === version && one.python === python),
          )
          .map((python) => ({
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
    ),
  );
}

/** Whether a cell of the claim is one of those that stand for all, so that it is run each time. */
export function isUsual(
  { usually }: Pick<Claim, 'usually'>,
  { version, python, launch }: Cell,
): boolean {
  if (usually === undefined) return true;
  return (
    (usually.versions?.includes(version) ?? true) &&
    (usually.launches?.includes(launch) ?? true) &&
    (python === undefined || (usually.python?.includes(python) ?? true))
  );
}
