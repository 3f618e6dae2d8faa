import { statusesOf, type HistoryLookup } from '../diagnose/diagnosis.ts';
import { statusOf, type VersionHistory, type VersionStatus } from '../diagnose/version-status.ts';
import { pagePath } from '../page.ts';
import type { Writeup } from '../writeup/schema.ts';
import type { LockedPackage } from './read-packages.ts';

/** A bug whose versions are among those of a lock file. */
export interface ApplyingBug {
  readonly bug: string;
  readonly slug: string;
  readonly title: string;
  /** `sure`: a run here failed with this version. `perhaps`: it was not run, and the nearest older one fails. */
  readonly level: 'sure' | 'perhaps';
  /** No log shows it. */
  readonly silent: boolean;
  /** What is known of the version, in words. */
  readonly says: string;
  /** Where it was shown: `prefork on linux`. Elsewhere it may not apply. */
  readonly shownWith: readonly string[];
  readonly fix: string;
  readonly page: string;
}

/** The bugs that may be met with these packages: silent ones first, since only this finds them. */
export function applyingBugs(
  packages: readonly LockedPackage[],
  writeups: readonly Writeup[],
  lookUp: HistoryLookup,
): ApplyingBug[] {
  const seen = packages.map((one) => ({ ...one, line: 0 }));
  return writeups
    .flatMap((writeup) => {
      const { statuses, history } = decisive(writeup, seen, lookUp);
      const status =
        statuses.find((one) => one.status === 'fails') ??
        statuses.find((one) => one.status === 'not run' && one.nearest === 'fails');
      if (!status) return [];
      const bug: ApplyingBug = {
        bug: writeup.id,
        slug: writeup.slug,
        title: writeup.title,
        level: status.status === 'fails' ? 'sure' : 'perhaps',
        silent: writeup.signatures.every(({ unproven }) => unproven !== undefined),
        says: status.says,
        shownWith: history?.shownWith ?? [],
        fix: writeup.fix.summary,
        page: pagePath(writeup.slug),
      };
      return [bug];
    })
    .sort((a, b) => Number(b.silent) - Number(a.silent) || rank(a) - rank(b));
}

/** The versions that decide: those of the engine, unless the write-up says that another package does. */
function decisive(
  writeup: Writeup,
  packages: readonly (LockedPackage & { readonly line: number })[],
  lookUp: HistoryLookup,
): { statuses: readonly VersionStatus[]; history: VersionHistory | undefined } {
  const name = decisivePackage(writeup);
  if (name === writeup.engine) {
    return { statuses: statusesOf(writeup, packages, lookUp), history: lookUp(writeup) };
  }
  const history = lookUp(writeup, { package: name });
  const isUsed = (one: string) => packages.some(({ package: other }) => other === one);
  const concerned = writeup.applies.some(({ uses }) => isUsed(uses ?? writeup.engine));
  const seen = packages.filter((one) => concerned && one.package === name);
  return {
    statuses: history ? seen.map(({ version }) => statusOf(version, history)) : [],
    history,
  };
}

/** The package whose versions a write-up's rules call affected: the engine, where one of them asks for it. */
export function decisivePackage({ engine, applies }: Pick<Writeup, 'engine' | 'applies'>): string {
  const affected = applies.flatMap((rule) =>
    Object.entries((rule.sure ?? rule.perhaps)?.packages ?? {}).flatMap(([name, wish]) =>
      wish === 'affected' ? [name] : [],
    ),
  );
  return affected.length === 0 || affected.includes(engine) ? engine : (affected[0] ?? engine);
}

function rank({ level }: ApplyingBug): number {
  return level === 'sure' ? 0 : 1;
}
