import { platformNames } from '../cell/dimensions.ts';
import { showsFailure } from '../diagnose/version-history.ts';
import type { Platform, Pool, Writeup } from '../writeup/schema.ts';
import type { ClaimResult } from './results.ts';
import { whatRan } from './what-ran.ts';

/** What is known of a worker; whatever is not is left out, and nothing is assumed of it. */
export interface WorkerFacts {
  readonly platform?: Platform;
  readonly pool?: Pool;
  /** Of engines and interpreters: `{ package: 'bullmq', version: '6.7.0' }`. */
  readonly versions?: readonly { readonly package: string; readonly version: string }[];
}

/** What the runs of a bug say of one worker. */
export interface WorkerVerdict {
  /**
   * `shown`: a run on this platform, with this pool and version, showed the failure. `not shown`: such
   * runs are there, and none did. `not run`: nobody looked there. `worker unknown`: what is told is of
   * all runs.
   */
  readonly status: 'shown' | 'not shown' | 'not run' | 'worker unknown';
  /** The same in words: `not run on Windows with threads; elsewhere confirmed on Linux`. */
  readonly words: string;
}

/**
 * Holds the recorded runs that show a bug against what is known of a worker. Only what ran counts:
 * another platform, pool or version says nothing of this one.
 *
 * @param results those of the bug's claims, in all of their cells.
 */
export function verdictForWorker(
  writeup: Pick<Writeup, 'engine' | 'claims' | 'shownBy'>,
  results: readonly ClaimResult[],
  worker: WorkerFacts | undefined,
): WorkerVerdict {
  const shows = new Set(
    writeup.claims.filter((claim) => showsFailure(claim, writeup)).map(({ id }) => id),
  );
  const telling = results.filter(({ claim }) => shows.has(claim.id));
  const everywhere = inWords(writeup, telling);
  const place = placeOf(writeup, worker);
  if (worker === undefined || place === '') {
    return { status: 'worker unknown', words: `worker unknown; ${everywhere}` };
  }
  const version = versionOf(writeup, worker);
  const there = telling.filter(
    ({ cell, verdict }) =>
      verdict !== 'not run' &&
      (worker.platform === undefined || cell.platform === worker.platform) &&
      (worker.pool === undefined || cell.pool === worker.pool) &&
      (version === undefined || cell.version === version),
  );
  if (there.some(({ verdict }) => verdict === 'confirmed')) {
    return { status: 'shown', words: `confirmed ${place}` };
  }
  if (there.length === 0) {
    return { status: 'not run', words: `not run ${place}; elsewhere ${everywhere}` };
  }
  const verdicts = [...new Set(there.map(({ verdict }) => verdict))].join(', ');
  return { status: 'not shown', words: `${verdicts} ${place}; elsewhere ${everywhere}` };
}

/** `on Linux with prefork in bullmq 6.7.0`, as far as it is known. */
function placeOf(writeup: Pick<Writeup, 'engine'>, worker: WorkerFacts | undefined): string {
  const version = worker && versionOf(writeup, worker);
  return [
    worker?.platform && `on ${platformNames[worker.platform]}`,
    worker?.pool && `with ${worker.pool}`,
    version && `in ${writeup.engine} ${version}`,
  ]
    .filter(Boolean)
    .join(' ');
}

function versionOf(
  { engine }: Pick<Writeup, 'engine'>,
  { versions = [] }: WorkerFacts,
): string | undefined {
  return versions.find((one) => one.package === engine)?.version;
}

/** What ran of the claims that show the failure; the first that says something speaks. */
function inWords({ claims }: Pick<Writeup, 'claims'>, results: readonly ClaimResult[]): string {
  const told = claims
    .filter(({ id }) => results.some(({ claim }) => claim.id === id))
    .map((claim) =>
      whatRan(
        claim,
        results.filter((one) => one.claim.id === claim.id),
      ),
    );
  const best = told.find(({ verdict }) => verdict === 'confirmed') ?? told[0];
  return best?.words ?? 'not run anywhere';
}
