import { cellsOf } from '../evidence/cells.ts';
import { Sources } from '../evidence/digest.ts';
import { readEvidence } from '../evidence/read.ts';
import { cellName, verdicts, type Cell, type Evidence, type Verdict } from '../evidence/schema.ts';
import { whyStale } from '../evidence/stale.ts';
import { projectRoot } from '../project.ts';
import type { Claim, Writeup } from '../writeup/schema.ts';
import { judgeEvidence, type Judged } from './judge-evidence.ts';

/** What is shown of a claim in a cell: a verdict, or that its evidence is of something else by now. */
export const shownVerdicts = [...verdicts, 'stale'] as const;
export type ShownVerdict = Verdict | 'stale';

/** What is known of one claim in one cell it speaks of. */
export type ClaimResult = RecordedResult | UnrecordedResult;

/** A cell of which evidence is recorded. */
interface RecordedResult {
  readonly claim: Claim;
  readonly cell: Cell;
  /** `stale` whenever the evidence is; what was seen then is in `judged`, and must not be shown as current. */
  readonly verdict: Exclude<ShownVerdict, 'not run'>;
  /** In words: why the verdict is what it is, or what has changed since. */
  readonly reason: string;
  readonly evidence: Evidence;
  /** What the evidence says when it is held against the write-up as it stands now. */
  readonly judged: Judged;
  /** What has changed since it was recorded: `the scenario has changed since`. Absent while nothing has. */
  readonly stale?: string;
}

/** A cell of which nothing is recorded. */
interface UnrecordedResult {
  readonly claim: Claim;
  readonly cell: Cell;
  readonly verdict: 'not run';
  readonly reason: string;
  readonly evidence?: undefined;
  readonly judged?: undefined;
  readonly stale?: undefined;
}

type Judgeable = Pick<Writeup, 'slug' | 'claims' | 'signatures'>;

/**
 * What is known of every claim of a write-up: a result for each of its cells, claims and cells in the
 * order written. The verdict is derived here, from the write-up as it stands and what was recorded.
 *
 * @param evidence that of this bug; it may hold that of others too.
 * @param sources what evidence is compared with. One for many write-ups reads each file once.
 */
export function resultsOf(
  writeup: Judgeable,
  evidence: readonly Evidence[],
  sources: Sources,
): ClaimResult[] {
  const recorded = new Map(
    evidence
      .filter(({ slug }) => slug === writeup.slug)
      .map((one) => [`${one.claim} ${cellName(one.cell)}`, one]),
  );
  return writeup.claims.flatMap((claim) =>
    cellsOf(claim).map((cell) => {
      const one = recorded.get(`${claim.id} ${cellName(cell)}`);
      return one === undefined
        ? { claim, cell, verdict: 'not run', reason: 'no run is recorded yet' }
        : resultOf(writeup, { claim, cell }, one, sources);
    }),
  );
}

/**
 * {@link resultsOf} a write-up with the evidence on disk.
 *
 * @param root the folder that holds harness/; this project by default.
 * @throws InvalidFiles where evidence of the bug cannot be read.
 */
export function readResults(
  writeup: Judgeable,
  root = projectRoot,
  sources = new Sources(root),
): ClaimResult[] {
  return resultsOf(writeup, readEvidence(writeup.slug, root), sources);
}

function resultOf(
  writeup: Judgeable,
  about: { readonly claim: Claim; readonly cell: Cell },
  evidence: Evidence,
  sources: Sources,
): RecordedResult {
  const judged = judgeEvidence(writeup, evidence);
  const stale = whyStale(writeup, about, evidence, sources);
  const result = { ...about, evidence, judged };
  if (stale === undefined) return { ...result, verdict: judged.verdict, reason: judged.reason };
  return { ...result, verdict: 'stale', reason: stale, stale };
}
