import type { Cell, Verdict } from '../evidence/schema.ts';
import type { Claim, Writeup } from '../writeup/schema.ts';
import { compareVersions, type VersionHistory } from './version-status.ts';

/** What a recorded run says of its claim. */
interface Result {
  readonly claim: Pick<Claim, 'id'>;
  readonly cell: Cell;
  /** Of stale evidence `stale`: it speaks for no version. */
  readonly verdict: Verdict | 'stale';
}

/**
 * Draws the versions that fail and that work from the recorded runs of a bug.
 *
 * A version fails where a claim that shows the failure was confirmed in it. It works where such a claim
 * was refuted; or, when upstream has fixed the bug, where the claim of the fix was confirmed under the
 * conditions of a failure. A version in which both came out fails.
 */
export function historyOf(
  writeup: Omit<Writeup, 'file'>,
  results: readonly Result[],
): VersionHistory {
  const failures = new Set(
    writeup.claims.filter((one) => showsFailure(one, writeup)).map(({ id }) => id),
  );
  const shown = results.filter(({ claim }) => failures.has(claim.id));
  const failed = shown.filter(({ verdict }) => verdict === 'confirmed');
  const conditions = new Set(failed.map(({ cell }) => conditionsOf(cell)));
  const fixed = results.filter(
    ({ claim, verdict, cell }) =>
      writeup.status === 'fixed' &&
      claim.id === writeup.fix.claim &&
      verdict === 'confirmed' &&
      conditions.has(conditionsOf(cell)),
  );
  const refuted = shown.filter(({ verdict }) => verdict === 'refuted');
  const fails = versionsOf(failed);
  const works = versionsOf([...refuted, ...fixed]).filter((version) => !fails.includes(version));
  const shownWith = [...new Set(failed.map(({ cell }) => `${cell.pool} on ${cell.platform}`))];
  return { package: writeup.engine, fails, works, shownWith };
}

/** Whether a claim shows the failure itself. */
export function showsFailure(
  { id, expect, known }: Claim,
  { shownBy }: Pick<Writeup, 'shownBy'>,
): boolean {
  if (known === 'refuted') return false;
  return id === shownBy || (expect.outcome === 'fails' && expect.signature !== undefined);
}

function conditionsOf({ pool, platform, launch, emulate, shm, install }: Cell): string {
  return JSON.stringify([pool, platform, launch, emulate, shm, install]);
}

function versionsOf(results: readonly Result[]): string[] {
  return [...new Set(results.map(({ cell }) => cell.version))].sort(compareVersions);
}
