import { resultsOf, type ClaimResult } from '../../catalog/evidence/results.ts';
import { cellName, type Evidence } from '../../catalog/evidence/schema.ts';
import type { Claim } from '../../catalog/writeup/schema.ts';
import { day, platformNames } from './words.ts';

/** What is known of one claim in one cell, and why: for `not run`, why nothing is. */
export type Result = Omit<ClaimResult, 'claim'> & { readonly reason: string };

/** The results of a claim, each with its reason. `evidence` is that of the claim's bug. */
export function explainedResults(claim: Claim, evidence: readonly Evidence[]): Result[] {
  return resultsOf(claim, evidence).map((result) => ({
    ...result,
    reason: result.evidence?.reason ?? whyNotRun(result, evidence),
  }));
}

function whyNotRun({ claim, cell }: ClaimResult, evidence: readonly Evidence[]): string {
  const outdated = evidence.find(
    (one) => one.claim === claim.id && cellName(one.cell) === cellName(cell),
  );
  return outdated
    ? `The sentence has changed since its run on ${day(outdated.observation.startedAt)}.`
    : `No run on ${platformNames[cell.platform]} is recorded yet.`;
}

/** The place of a piece of evidence on the page of its claim. */
export function evidencePage({ slug, claim, cell }: Evidence): string {
  return `/evidence/${slug}/${claim}/#${cellName(cell)}`;
}

/** The evidence as the harness wrote it. */
export function evidenceFile({ slug, claim, cell }: Evidence): string {
  return `/evidence/${slug}/${claim}.${cellName(cell)}.json`;
}
