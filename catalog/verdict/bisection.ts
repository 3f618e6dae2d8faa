import { readBisections, type Bisection, type TriedVersion } from '../evidence/bisection.ts';
import { Sources } from '../evidence/digest.ts';
import type { Cell } from '../evidence/schema.ts';
import { whyBisectionStale } from '../evidence/stale.ts';
import { projectRoot } from '../project.ts';
import type { Claim, Signature, Writeup } from '../writeup/schema.ts';
import { judgeRecorded } from './judge-evidence.ts';

/**
 * What the runs at one version say of a claim: it `holds` in all of them; in some (`flickers`); in none,
 * and the run came to the contrary (`does not hold`); or it came to something else (`otherwise`), such
 * as another failure, which speaks neither for nor against the sentence.
 */
export type State = 'holds' | 'flickers' | 'does not hold' | 'otherwise';

/** A version that was tried. */
export interface VersionVerdict {
  readonly version: string;
  readonly state: State;
  readonly reason: string;
  readonly runs: { readonly total: number; readonly holding: number };
}

/** Versions in which a claim holds, without a gap among those that were tried. */
export interface VersionRange {
  readonly from: string;
  readonly to: string;
  /** The nearest older version that was tried and in which it does not; absent where none was. */
  readonly before?: string;
  /** The nearest newer one. */
  readonly after?: string;
  /** How many published versions lie untried between `before` and `from`, and between `to` and `after`. */
  readonly untried: { readonly before: number; readonly after: number };
  /** Whether `before` and `after` came to something else than the contrary: then they are no edge. */
  readonly unclear: { readonly before: boolean; readonly after: boolean };
}

/** What a bisection says when it is held against the write-up as it stands. */
export interface JudgedBisection {
  readonly bug: string;
  readonly claim: string;
  readonly says: string;
  readonly engine: Bisection['cell']['engine'];
  readonly cell: Bisection['cell'];
  readonly versions: readonly VersionVerdict[];
  readonly ranges: readonly VersionRange[];
  readonly oldestTried: string;
  readonly newestTried: string;
  /** How many versions there were, without previews. */
  readonly published: number;
  /** What has changed since it was recorded. Absent while nothing has: then `ranges` may be shown. */
  readonly stale?: string;
  /** `5.7.7 to 5.7.13, 6.0.7 to 6.3.2; newest tried 6.7.0`. */
  readonly words: string;
}

/** A claim in a cell, whatever its version, and the signatures that its expectation may name. */
interface Judge {
  readonly claim: Pick<Claim, 'id' | 'expect'>;
  readonly cell: Pick<Cell, 'platform'>;
  readonly signatures: readonly Signature[];
}

/** @throws when the claim names a signature that is not there. */
export function judgeVersion(
  { claim, cell, signatures }: Judge,
  { version, runs }: Pick<TriedVersion, 'version' | 'runs'>,
): VersionVerdict {
  const judged = runs.map((run) => ({
    ...judgeRecorded(run, claim, cell, signatures),
    of: run.rounds.length,
  }));
  const count = (some: typeof judged) => some.reduce((sum, { of }) => sum + of, 0);
  const holding = judged.filter(({ holds }) => holds === 'yes');
  const against = judged.filter(
    ({ holds, outcome }) =>
      holds === 'no' && (outcome === 'works' || claim.expect.outcome === 'works'),
  );
  const total = count(judged);
  const counted = { total, holding: count(holding) };
  const told = judged.find(({ holds }) => holds !== 'yes') ?? judged[0];
  const reason = told?.reason ?? 'it was not run';
  if (counted.holding === total) return { version, state: 'holds', reason, runs: counted };
  if (counted.holding > 0) {
    const words = `held in ${counted.holding} of ${total} runs; else ${reason}`;
    return { version, state: 'flickers', reason: words, runs: counted };
  }
  const state = against.length === judged.length ? 'does not hold' : 'otherwise';
  return { version, state, reason, runs: counted };
}

/** Whether a version counts to a range: a failure that shows now and then is there. */
export function isIn({ state }: Pick<VersionVerdict, 'state'>): boolean {
  return state === 'holds' || state === 'flickers';
}

/**
 * The ranges among versions that were tried. Between two neighbours that came to the same nothing is
 * assumed to differ, unless a version there was tried.
 *
 * @param versions the oldest first.
 * @param published all versions, the oldest first.
 */
export function rangesOf(
  versions: readonly VersionVerdict[],
  published: readonly string[],
): VersionRange[] {
  const untried = (from: string | undefined, to: string | undefined) =>
    from === undefined || to === undefined
      ? 0
      : Math.max(0, published.indexOf(to) - published.indexOf(from) - 1);
  return runsOf(versions).map(([start, end]) => {
    const [from = '', to = ''] = [versions[start]?.version, versions[end]?.version];
    const [before, after] = [versions[start - 1]?.version, versions[end + 1]?.version];
    return {
      from,
      to,
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
      untried: { before: untried(before, from), after: untried(to, after) },
      unclear: {
        before: versions[start - 1]?.state === 'otherwise',
        after: versions[end + 1]?.state === 'otherwise',
      },
    };
  });
}

/** The first and the last place of each unbroken row of versions that are in. */
function runsOf(versions: readonly VersionVerdict[]): [number, number][] {
  const rows: [number, number][] = [];
  for (const [at, version] of versions.entries()) {
    if (!isIn(version)) continue;
    const last = rows.at(-1);
    if (last?.[1] === at - 1) last[1] = at;
    else rows.push([at, at]);
  }
  return rows;
}

/** Holds a bisection against the write-up as it stands, or tells what has changed since. */
export function judgeBisection(
  writeup: Pick<Writeup, 'id' | 'slug' | 'claims' | 'signatures'>,
  bisection: Bisection,
  sources: Sources,
): JudgedBisection {
  const { claim: id, says, cell, tried } = bisection;
  const stale = whyBisectionStale(writeup, bisection, sources);
  const claim = writeup.claims.find((one) => one.id === id);
  const published = bisection.published.split(' ');
  const versions = claim
    ? tried.map((one) => judgeVersion({ claim, cell, signatures: writeup.signatures }, one))
    : [];
  const ranges = rangesOf(versions, published);
  const oldestTried = tried[0]?.version ?? '';
  const newestTried = tried.at(-1)?.version ?? '';
  return {
    bug: writeup.id,
    claim: id,
    says,
    engine: cell.engine,
    cell,
    versions,
    ranges,
    oldestTried,
    newestTried,
    published: published.length,
    ...(stale !== undefined && { stale }),
    words: wordsOf({ ranges, oldestTried, newestTried }),
  };
}

/** `5.7.7 to 5.7.13, 6.0.7 to 6.3.2; newest tried 6.7.0`. */
export function wordsOf({
  ranges,
  oldestTried,
  newestTried,
}: Pick<JudgedBisection, 'ranges' | 'oldestTried' | 'newestTried'>): string {
  if (ranges.length === 0) return `none of ${oldestTried} to ${newestTried}`;
  const told = ranges.map(({ from, to, before, after, untried, unclear }) => {
    const oldest =
      before === undefined ? ' (the oldest tried)' : vague(untried.before, before, unclear.before);
    const newest = after === undefined ? '' : vague(untried.after, after, unclear.after);
    return from === to ? `${from}${oldest}${newest}` : `${from}${oldest} to ${to}${newest}`;
  });
  return `${told.join(', ')}; newest tried ${newestTried}`;
}

function vague(untried: number, edge: string, isUnclear: boolean): string {
  const words = [
    ...(isUnclear ? [`${edge} came to something else`] : untried > 0 ? [`not ${edge}`] : []),
    ...(untried > 0 ? [`${untried} between them not tried`] : []),
  ];
  return words.length === 0 ? '' : ` (${words.join('; ')})`;
}

/**
 * What was measured of a write-up's claims over versions, with the evidence on disk.
 *
 * @param root the folder that holds harness/; this project by default.
 * @throws InvalidFiles where a bisection of the bug cannot be read.
 */
export function readJudgedBisections(
  writeup: Pick<Writeup, 'id' | 'slug' | 'claims' | 'signatures'>,
  root = projectRoot,
  sources = new Sources(root),
): JudgedBisection[] {
  return readBisections(writeup.slug, root).map((one) => judgeBisection(writeup, one, sources));
}
