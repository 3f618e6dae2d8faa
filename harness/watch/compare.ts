import { cellName, type Cell, type Verdict } from '../../catalog/evidence/schema.ts';
import type { ShownVerdict } from '../../catalog/verdict/results.ts';

/** What came of a claim at a new version, beside what is recorded of it at the version before. */
export interface Compared {
  readonly bug: string;
  readonly slug: string;
  readonly claim: string;
  readonly says: string;
  /** At the new version. */
  readonly cell: Cell;
  /** What is recorded of the same cell at the newest version that the write-up names. */
  readonly before: ShownVerdict;
  readonly after: Verdict;
  readonly reason: string;
  /**
   * `turned`: another verdict than before. `same`: that verdict. `unsure`: there is nothing to compare with,
   * nothing ran, or what ran says nothing.
   */
  readonly is: 'turned' | 'same' | 'unsure';
}

/** What came of a run at a new version. */
export type Seen = Pick<Compared, 'bug' | 'slug' | 'claim' | 'says' | 'cell' | 'reason'> & {
  readonly verdict: Verdict;
};

/** What is recorded of a claim in a cell. */
export interface Known {
  readonly slug: string;
  readonly claim: string;
  readonly cell: Cell;
  readonly verdict: ShownVerdict;
}

/**
 * Holds what was seen at a new version against what is recorded of the same cells at an older one.
 *
 * @param named the version of the cells that are recorded.
 */
export function compare(seen: readonly Seen[], known: readonly Known[], named: string): Compared[] {
  const recorded = new Map(known.map((one) => [keyOf(one, one.cell.version), one.verdict]));
  return seen.map(({ verdict, ...one }) => {
    const before = recorded.get(keyOf(one, named)) ?? 'not run';
    return { ...one, before, after: verdict, is: kindOf(before, verdict) };
  });
}

const telling: readonly ShownVerdict[] = ['confirmed', 'refuted', 'unstable'];

function kindOf(before: ShownVerdict, after: Verdict): Compared['is'] {
  if (!telling.includes(before) || !telling.includes(after)) return 'unsure';
  return before === after ? 'same' : 'turned';
}

function keyOf({ slug, claim, cell }: Pick<Known, 'slug' | 'claim' | 'cell'>, version: string) {
  return `${slug} ${claim} ${cellName({ ...cell, version })}`;
}
