import type { Sources } from '../../../catalog/evidence/digest.ts';
import { cellName, type Cell, type Evidence } from '../../../catalog/evidence/schema.ts';
import {
  resultsOf,
  type ClaimResult,
  type ShownVerdict,
} from '../../../catalog/verdict/results.ts';
import type { Platform, Writeup } from '../../../catalog/writeup/schema.ts';
import type { MachineRun } from '../machine.ts';

/** What became of the verdict of a claim in one cell. */
export interface Change {
  readonly bug: string;
  readonly slug: string;
  readonly claim: string;
  readonly cell: Cell;
  readonly before: ShownVerdict;
  readonly after: ShownVerdict;
  /** Why the verdict is what it is now. */
  readonly reason: string;
  /** Whether that is what the write-up names. */
  readonly asWritten: boolean;
  /** `turned`: there was another verdict. `new`: nothing was known, or what was known was stale. `again`: the same. */
  readonly kind: 'turned' | 'new' | 'again';
}

/** A run that did not come out as written, of which there is no evidence therefore. */
export interface Miss {
  readonly bug: string;
  readonly slug: string;
  readonly claim: string;
  readonly cell: Cell;
  /** What the tree says of it. */
  readonly before: ShownVerdict;
  readonly verdict: ShownVerdict;
  readonly reason: string;
}

/** What a machine did not run, and why. */
export interface Idle {
  readonly platform: Platform;
  readonly reason: string;
  readonly cells: number;
}

/**
 * What evidence changes in what a tree says.
 *
 * @param known the evidence of the tree, of the bugs concerned at least.
 * @param brought evidence that takes the place of the tree's for its cells.
 */
export function changesBy(
  brought: readonly Evidence[],
  known: readonly Evidence[],
  writeups: readonly Writeup[],
  sources: Sources,
): Change[] {
  const names = new Set(brought.map(keyOf));
  const merged = [...known.filter((one) => !names.has(keyOf(one))), ...brought];
  const slugs = new Set(brought.map(({ slug }) => slug));
  return writeups
    .filter(({ slug }) => slugs.has(slug))
    .flatMap((writeup) => {
      const before = resultsOf(writeup, known, sources);
      return resultsOf(writeup, merged, sources).flatMap((after, index): Change[] => {
        const { claim, cell, verdict, reason } = after;
        if (!names.has(keyOf({ slug: writeup.slug, claim: claim.id, cell }))) return [];
        const was = before[index]?.verdict ?? 'not run';
        return [
          {
            ...{ bug: writeup.id, slug: writeup.slug, claim: claim.id, cell },
            ...{ before: was, after: verdict, reason },
            asWritten: isAsWritten(after),
            kind: kindOf(was, verdict),
          },
        ];
      });
    });
}

function isAsWritten({ judged, stale }: ClaimResult): boolean {
  return stale === undefined && judged?.asWritten === true;
}

function kindOf(before: ShownVerdict, after: ShownVerdict): Change['kind'] {
  if (before === 'not run' || before === 'stale') return 'new';
  return before === after ? 'again' : 'turned';
}

/** What machines say did not come out as written, each cell and verdict once. */
export function missesOf(
  runs: readonly MachineRun[],
  known: readonly Evidence[],
  writeups: readonly Writeup[],
  sources: Sources,
): Miss[] {
  const missed = runs.flatMap(({ results }) => results.filter(({ asWritten }) => !asWritten));
  const slugs = new Set(missed.map(({ slug }) => slug));
  const before = new Map(
    writeups
      .filter(({ slug }) => slugs.has(slug))
      .flatMap((writeup) =>
        resultsOf(writeup, known, sources).map(
          ({ claim, cell, verdict }) =>
            [keyOf({ slug: writeup.slug, claim: claim.id, cell }), verdict] as const,
        ),
      ),
  );
  const misses = missed.map(({ bug, slug, claim, cell, verdict, reason }): Miss => ({
    ...{ bug, slug, claim, cell, verdict, reason },
    before: before.get(keyOf({ slug, claim, cell })) ?? 'not run',
  }));
  return [...new Map(misses.map((one) => [`${keyOf(one)} ${one.verdict}`, one])).values()];
}

/**
 * What no machine ran though it was selected, by platform and reason, the commonest first. That a machine
 * is not of a platform is no news: others are.
 */
export function idleOf(runs: readonly MachineRun[]): Idle[] {
  const ran = new Set(
    runs.flatMap(({ results }) =>
      results.filter(({ verdict }) => verdict !== 'not run').map((one) => keyOf(one)),
    ),
  );
  const idle = runs.flatMap(({ results }) =>
    results.filter(
      (one) =>
        one.verdict === 'not run' &&
        !ran.has(keyOf(one)) &&
        !one.reason.startsWith(`${one.cell.platform}: `),
    ),
  );
  const groups = Map.groupBy(idle, ({ cell, reason }) => `${cell.platform} ${reason}`);
  return [...groups.values()]
    .flatMap(([first, ...others]) =>
      first === undefined
        ? []
        : {
            platform: first.cell.platform,
            reason: first.reason,
            cells: new Set([first, ...others].map(keyOf)).size,
          },
    )
    .sort((one, other) => other.cells - one.cells);
}

function keyOf({ slug, claim, cell }: Pick<Evidence, 'slug' | 'claim' | 'cell'>): string {
  return `${slug} ${claim} ${cellName(cell)}`;
}
