import { cellName, type Cell, type Evidence, type Verdict } from '../../catalog/evidence/schema.ts';
import type { Claim } from '../../catalog/writeup/schema.ts';
import { day, platformNames } from './words.ts';

/** What is known of one claim in one cell. */
export interface Result {
  cell: Cell;
  verdict: Verdict;
  /** Why the verdict is what it is; for `not run`, why there is none. */
  reason: string;
  /** Absent for `not run`. */
  evidence?: Evidence;
}

/** The cells a claim speaks of: each of its versions on each of its platforms. */
export function cellsOf({ run }: Claim): Cell[] {
  const { engine, pool, launch, emulate } = run;
  return run.platforms.flatMap((platform) =>
    run.versions.map((version) => ({
      engine,
      version,
      pool,
      platform,
      launch,
      ...(emulate && { emulate }),
    })),
  );
}

/** The results of a claim, one for each cell it speaks of or was ever recorded in, in the order written. */
export function resultsOf(claim: Claim, evidence: Evidence[]): Result[] {
  const recorded = new Map(
    evidence
      .filter((one) => one.claim === claim.id)
      .map((one) => [cellName(one.cell), one] as const),
  );
  const spokenOf = cellsOf(claim);
  const names = new Set(spokenOf.map(cellName));
  const beyond = [...recorded.values()]
    .map((one) => one.cell)
    .filter((cell) => !names.has(cellName(cell)));
  return [...spokenOf, ...beyond].map((cell) =>
    resultIn(cell, claim, recorded.get(cellName(cell))),
  );
}

function resultIn(cell: Cell, claim: Claim, evidence: Evidence | undefined): Result {
  if (!evidence) {
    return {
      cell,
      verdict: 'not run',
      reason: `No run on ${platformNames[cell.platform]} is recorded yet.`,
    };
  }
  if (evidence.says !== claim.says) {
    const ran = day(evidence.observation.startedAt);
    return {
      cell,
      verdict: 'not run',
      reason: `The sentence has changed since its run on ${ran}.`,
    };
  }
  return { cell, verdict: evidence.verdict, reason: evidence.reason, evidence };
}

/** The page that shows a piece of evidence. Its JSON is beside it. */
export function evidencePage({ slug, claim, cell }: Evidence): string {
  return `/evidence/${slug}/${claim}.${cellName(cell)}/`;
}

/** The evidence as the harness wrote it. */
export function evidenceFile({ slug, claim, cell }: Evidence): string {
  return `/evidence/${slug}/${claim}.${cellName(cell)}.json`;
}
