import type { Bisection } from '../../catalog/evidence/bisection.ts';
import type { Sources } from '../../catalog/evidence/digest.ts';
import type { Evidence } from '../../catalog/evidence/schema.ts';
import { judgeBisection, type JudgedBisection } from '../../catalog/verdict/bisection.ts';
import { resultsOf, shownVerdicts, type ShownVerdict } from '../../catalog/verdict/results.ts';
import { whatRan, type WhatRan } from '../../catalog/verdict/what-ran.ts';
import type { Claim, Frontmatter } from '../../catalog/writeup/schema.ts';
import { startOf, type Result } from './result.ts';

/** A claim with everything known of it. */
export interface TestedClaim extends Claim {
  results: Result[];
  /** The gravest verdict among the cells that ran. */
  verdict: ShownVerdict;
  /** What of it ran where: what a badge has to say. */
  ran: WhatRan;
}

/** A write-up with everything known of its claims: what a page shows. */
export interface TestedBug extends Omit<Frontmatter, 'claims'> {
  slug: string;
  page: string;
  /** `002`: what the harness is asked for. */
  number: string;
  claims: TestedClaim[];
  /** In which published versions a claim holds, as far as that was measured and is of what stands in the tree. */
  measured: JudgedBisection[];
  /** The newest run that showed the failure. */
  reproduced?: Result;
  /** The newest run that showed the fix to work. */
  fixVerified?: Result;
  /** When the newest evidence was recorded. */
  tested?: string;
}

/**
 * Joins a write-up with the evidence of its claims, and judges it. `evidence` may hold that of other bugs.
 * @param sources what the evidence is compared with, to see whether it is stale.
 * @param bisections those of this bug; they may be of others too.
 */
export function testedBug(
  slug: string,
  writeup: Frontmatter,
  evidence: Evidence[],
  sources: Sources,
  bisections: readonly Bisection[] = [],
): TestedBug {
  const results = Map.groupBy(
    resultsOf({ ...writeup, slug }, evidence, sources),
    ({ claim }) => claim.id,
  );
  const claims = writeup.claims.map((claim) => {
    const own = results.get(claim.id) ?? [];
    const ran = whatRan(claim, own);
    return { ...claim, results: own, ran, verdict: ran.verdict };
  });
  const reproduced = newestConfirmed(
    claims.filter((claim) => shows(claim, writeup)).flatMap(({ results }) => results),
  );
  const fixVerified = newestConfirmed(
    claims.find(({ id }) => id === writeup.fix.claim)?.results ?? [],
  );
  const tested = claims
    .flatMap(({ results }) => results.flatMap((one) => startOf(one) ?? []))
    .toSorted()
    .at(-1);
  const measured = bisections
    .filter((one) => one.slug === slug)
    .map((one) => judgeBisection({ ...writeup, slug }, one, sources))
    .filter(({ stale }) => stale === undefined);
  return {
    ...writeup,
    slug,
    measured,
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

/** The claims by which the write-up shows its failure. */
export function showing({ claims, ...writeup }: TestedBug): TestedClaim[] {
  return claims.filter((claim) => shows(claim, { ...writeup, claims }));
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
  return claims.filter(({ results }) => results.some(isContrary));
}

/** Whether a run came out otherwise than the write-up says; what is stale says nothing either way. */
export function isContrary({ judged, stale }: Result): boolean {
  return judged?.asWritten === false && stale === undefined;
}

/** The claims of which some evidence is of something else by now. */
export function stale(claims: TestedClaim[]): TestedClaim[] {
  return claims.filter(({ results }) => results.some((result) => result.stale !== undefined));
}

/** A number of claims that came to one verdict. */
export interface Tally {
  verdict: ShownVerdict;
  /** Whether they are falsehoods that the write-up knows, so that being refuted is right. */
  known: boolean;
  /** Whether they did not run wherever their sentences speak of. */
  inPart: boolean;
  claims: number;
}

type Counted = Pick<TestedClaim, 'verdict' | 'known'> & { ran: Pick<WhatRan, 'everywhere'> };

/** How many claims came to each verdict; what no claim came to is left out. */
export function tally(claims: readonly Counted[]): Tally[] {
  const counted = claims.map(({ verdict, known, ran }) => ({
    verdict,
    known: verdict === 'refuted' && known === 'refuted',
    inPart: verdict === 'confirmed' && !ran.everywhere,
  }));
  return shownVerdicts.flatMap((verdict) =>
    [false, true].flatMap((known) =>
      [false, true].flatMap((inPart) => {
        const kind = { verdict, known, inPart };
        const alike = counted.filter(
          (one) => one.verdict === verdict && one.known === known && one.inPart === inPart,
        );
        return alike.length > 0 ? [{ ...kind, claims: alike.length }] : [];
      }),
    ),
  );
}

/** Of a day's runs that of the newest engine: that is what readers have. */
function newestConfirmed(results: Result[]): Result | undefined {
  const confirmed = results.filter(({ verdict }) => verdict === 'confirmed');
  const lastDay = confirmed.map(dayOf).toSorted().at(-1);
  return confirmed
    .filter((one) => dayOf(one) === lastDay)
    .toSorted(
      (a, b) =>
        a.cell.version.localeCompare(b.cell.version, 'en', { numeric: true }) ||
        (startOf(a) ?? '').localeCompare(startOf(b) ?? ''),
    )
    .at(-1);
}

function dayOf(result: Result): string {
  return (startOf(result) ?? '').slice(0, 'YYYY-MM-DD'.length);
}
