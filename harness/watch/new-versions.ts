import { compareVersions } from '../../catalog/diagnose/version-status.ts';
import type { Claim, Engine, Writeup } from '../../catalog/writeup/schema.ts';

/** The newest version of an engine that a claim names; undefined where none is about it. */
export function newestNamed(writeups: readonly Writeup[], engine: Engine): string | undefined {
  return writeups
    .flatMap(({ claims }) => claims)
    .filter(({ run }) => run.engine === engine)
    .flatMap(({ run }) => run.versions)
    .sort(compareVersions)
    .at(-1);
}

/**
 * The published versions that no claim can name yet, the oldest first: those above the newest that one
 * names. A release of an older line that comes later is none of them.
 */
export function newerThan(named: string | undefined, published: readonly string[]): string[] {
  return published
    .filter((version) => named === undefined || compareVersions(version, named) > 0)
    .sort(compareVersions);
}

/**
 * Lets the claims that speak of the newest version speak of another one too. Those that speak of older
 * versions alone are left as they are: what was put right since is no news, and a control that is about
 * an old version stays there.
 */
export function speakingOf(
  writeups: readonly Writeup[],
  engine: Engine,
  { named, version }: { readonly named: string; readonly version: string },
): Writeup[] {
  return writeups.map((writeup) => ({
    ...writeup,
    claims: writeup.claims.map((claim) => speaking(claim, engine, named, version)),
  }));
}

function speaking(claim: Claim, engine: Engine, named: string, version: string): Claim {
  const { run, usually } = claim;
  if (run.engine !== engine || !run.versions.includes(named) || run.versions.includes(version)) {
    return claim;
  }
  const more = (versions: readonly string[]) =>
    versions.includes(named) ? [...versions, version] : [...versions];
  return {
    ...claim,
    run: { ...run, versions: more(run.versions), except: run.except.flatMap(alsoFor) },
    ...(usually && {
      usually: {
        ...usually,
        ...(usually.versions && { versions: more(usually.versions) }),
      },
    }),
  };

  /** What does not go together with the newest version does not with its successor. */
  function alsoFor(one: Claim['run']['except'][number]) {
    return one.version === named ? [one, { ...one, version }] : [one];
  }
}
