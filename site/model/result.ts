import { cellName, type Evidence } from '../../catalog/evidence/schema.ts';
import type { ClaimResult } from '../../catalog/verdict/results.ts';

/** What is known of one claim in one cell, and why: for `not run`, why nothing is. */
export type Result = ClaimResult;

/** Reasons as the catalog gives them, as a sentence: `No run is recorded yet.` */
export function sentence(reason: string): string {
  const first = reason.charAt(0).toUpperCase() + reason.slice(1);
  return /[.!?]$/.test(first) ? first : `${first}.`;
}

/** When the run that speaks for a result began, where one was observed. */
export function startOf({
  judged,
  evidence,
}: Pick<Result, 'judged' | 'evidence'>): string | undefined {
  const observed = evidence?.runs.flatMap((run) => ('observation' in run ? run.observation : []));
  return (judged?.observation ?? observed?.[0])?.startedAt;
}

/** The place of a piece of evidence on the page of its claim. */
export function evidencePage({ slug, claim, cell }: Evidence): string {
  return `/evidence/${slug}/${claim}/#${cellName(cell)}`;
}

/** The evidence as the harness wrote it. */
export function evidenceFile({ slug, claim, cell }: Evidence): string {
  return `/evidence/${slug}/${claim}.${cellName(cell)}.json`;
}
