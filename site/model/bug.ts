import { verdicts, type Evidence, type Verdict } from '../../catalog/evidence/schema.ts';
import type { Claim, Frontmatter } from '../../catalog/writeup/schema.ts';
import { explainedResults, type Result } from './result.ts';

/** A claim with everything known of it. */
export interface TestedClaim extends Claim {
  results: Result[];
  /** The gravest verdict among the cells that ran. */
  verdict: Verdict;
}

/** A write-up with everything known of its claims: what a page shows. */
export interface TestedBug extends Omit<Frontmatter, 'claims'> {
  slug: string;
  page: string;
  /** `002`: what the harness is asked for. */
  number: string;
  claims: TestedClaim[];
  /** The newest run that showed the failure. */
  reproduced?: Result;
  /** The newest run that showed the fix to work. */
  fixVerified?: Result;
  /** When the newest evidence was recorded. */
  tested?: string;
}

const gravity: Verdict[] = ['not run', 'confirmed', 'unknown', 'unstable', 'refuted'];

/** Joins a write-up with the evidence of its claims. `evidence` may hold that of other bugs. */
export function testedBug(slug: string, writeup: Frontmatter, evidence: Evidence[]): TestedBug {
  const own = evidence.filter((one) => one.slug === slug);
  const claims = writeup.claims.map((claim) => {
    const results = explainedResults(claim, own);
    return { ...claim, results, verdict: gravest(results) };
  });
  const ran = claims.flatMap(({ results }) => results);
  const reproduced = newestConfirmed(
    claims.filter((claim) => shows(claim, writeup)).flatMap(({ results }) => results),
  );
  const fixVerified = newestConfirmed(
    claims.find(({ id }) => id === writeup.fix.claim)?.results ?? [],
  );
  const tested = newest(ran)?.evidence?.observation.startedAt;
  return {
    ...writeup,
    slug,
    page: `/bugs/${slug}/`,
    number: writeup.id.slice('BUG-'.length),
    claims,
    ...(reproduced && { reproduced }),
    ...(fixVerified && { fixVerified }),
    ...(tested && { tested }),
  };
}

/** Whether a confirmed run of the claim has shown the bug, and not something beside the point. */
function shows({ id, expect }: Claim, { shownBy }: Frontmatter): boolean {
  return shownBy === undefined ? expect.signature !== undefined : id === shownBy;
}

/** The bugs of high severity that nobody has fixed upstream, the newest first. */
export function urgent(bugs: readonly TestedBug[], limit: number): TestedBug[] {
  return bugs
    .filter(({ status, severity }) => status === 'live' && severity === 'high')
    .toSorted((a, b) => b.reported.localeCompare(a.reported) || b.id.localeCompare(a.id))
    .slice(0, limit);
}

/** The claims with a run that came out otherwise than the write-up says. */
export function contrary(claims: TestedClaim[]): TestedClaim[] {
  return claims.filter(({ results }) =>
    results.some(({ evidence }) => evidence?.asWritten === false),
  );
}

/** A number of claims that came to one verdict. */
export interface Tally {
  verdict: Verdict;
  /** Whether they are falsehoods that the write-up knows, so that being refuted is right. */
  known: boolean;
  claims: number;
}

/** How many claims came to each verdict; what no claim came to is left out. */
export function tally(claims: Pick<TestedClaim, 'verdict' | 'known'>[]): Tally[] {
  const kinds = verdicts.flatMap((verdict) => [
    { verdict, known: false },
    ...(verdict === 'refuted' ? [{ verdict, known: true }] : []),
  ]);
  return kinds
    .map((kind) => ({ ...kind, claims: claims.filter((claim) => isOf(claim, kind)).length }))
    .filter((one) => one.claims > 0);
}

function isOf(
  claim: Pick<TestedClaim, 'verdict' | 'known'>,
  { verdict, known }: Pick<Tally, 'verdict' | 'known'>,
): boolean {
  const expected = claim.verdict === 'refuted' && claim.known === 'refuted';
  return claim.verdict === verdict && expected === known;
}

function gravest(results: Result[]): Verdict {
  return gravity.findLast((verdict) => results.some((one) => one.verdict === verdict)) ?? 'not run';
}

function newest(results: Result[]): Result | undefined {
  return results
    .filter((one) => one.evidence)
    .toSorted((a, b) => startOf(a).localeCompare(startOf(b)))
    .at(-1);
}

/** Of a day's runs that of the newest engine: that is what readers have. */
function newestConfirmed(results: Result[]): Result | undefined {
  const confirmed = results.filter(({ verdict }) => verdict === 'confirmed');
  const lastDay = dayOf(newest(confirmed));
  return confirmed
    .filter((one) => dayOf(one) === lastDay)
    .toSorted(
      (a, b) =>
        a.cell.version.localeCompare(b.cell.version, 'en', { numeric: true }) ||
        startOf(a).localeCompare(startOf(b)),
    )
    .at(-1);
}

function dayOf(result: Result | undefined): string {
  return result === undefined ? '' : startOf(result).slice(0, 'YYYY-MM-DD'.length);
}

function startOf(result: Result): string {
  return result.evidence?.observation.startedAt ?? '';
}
