import type { Cell, Verdict } from '../evidence/schema.ts';
import type { Claim, Writeup } from '../writeup/schema.ts';
import { compareVersions, type VersionHistory } from './version-status.ts';

/** What a recorded run says of its claim. */
interface Result {
  /** The run itself, of which the versions of other packages are read. */
  readonly evidence?: { readonly versions: Readonly<Record<string, string>> } | undefined;
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

/** Whose versions are asked for, and of which claim. */
export interface HistoryWish {
  /** The engine, one of its libraries, or the interpreter: a name that evidence has among its versions. */
  readonly package: string;
  /** Left out: all claims that show the failure. */
  readonly claim?: string | undefined;
}

/**
 * The same as {@link historyOf} for any package that the recorded runs name, or for one claim alone.
 *
 * A version fails where the claim was confirmed with it. It works where its control was, or a claim that
 * works and has it for its control; or where the claim was refuted. A version in which both came out fails.
 */
export function historyOfPackage(
  writeup: Omit<Writeup, 'file'>,
  results: readonly Result[],
  { package: name, claim }: HistoryWish,
): VersionHistory {
  if (name === writeup.engine && claim === undefined) return historyOf(writeup, results);
  const shown = writeup.claims.filter((one) =>
    claim === undefined ? showsFailure(one, writeup) : one.id === claim,
  );
  const failures = new Set(shown.map(({ id }) => id));
  const controls = new Set(shown.map(({ control }) => control));
  const others = writeup.claims.filter(
    ({ id, control, expect }) =>
      !failures.has(id) &&
      (controls.has(id) || (expect.outcome === 'works' && failures.has(control))),
  );
  const contrary = new Set(others.map(({ id }) => id));
  const failed = results.filter((one) => failures.has(one.claim.id) && one.verdict === 'confirmed');
  const worked = results.filter((one) =>
    failures.has(one.claim.id)
      ? one.verdict === 'refuted'
      : contrary.has(one.claim.id) && one.verdict === 'confirmed',
  );
  const versions = (of: readonly Result[]) =>
    [...new Set(of.flatMap((one) => versionIn(one, name) ?? []))].sort(compareVersions);
  const fails = versions(failed);
  return {
    package: name,
    fails,
    works: versions(worked).filter((version) => !fails.includes(version)),
    shownWith: [...new Set(failed.map(({ cell }) => `${cell.pool} on ${cell.platform}`))],
  };
}

function versionIn({ cell, evidence }: Result, name: string): string | undefined {
  return name === cell.engine ? cell.version : evidence?.versions[name];
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
