import { pagePath } from '../page.ts';
import type { Candidate, Level, Match, VersionHint } from '../signature/conclude.ts';
import type { Writeup } from '../writeup/schema.ts';
import type { ErrorLine } from './unmatched-errors.ts';
import type { HistoryWish } from './version-history.ts';
import { statusOf, type VersionHistory, type VersionStatus } from './version-status.ts';
import type { SeenVersion } from './versions.ts';

/** A bug that may be behind a message which others print, too. */
interface CandidateBug {
  readonly bug: string;
  readonly slug: string;
  readonly title: string;
  /** What tells this bug from the other candidates. */
  readonly check: string;
  readonly fix: string;
  readonly page: string;
}

/** A known bug that the log shows, as `diagnose --json` prints it. */
export interface DiagnosedBug {
  /** With `perhaps`, the first of the candidates; so are slug, title, fix, page and check. */
  readonly bug: string;
  readonly slug: string;
  readonly title: string;
  readonly level: Level;
  /** Why it is of this level. */
  readonly because: string;
  /** From 0 to 1: see `score` in catalog/signature/score.ts. */
  readonly score: number;
  /** The message it was recognised by, as a template. */
  readonly signature: string;
  /** The line of the log it was first seen in, from 1. */
  readonly line: number;
  /** What stands in that line, shortened. */
  readonly text: string;
  readonly fix: string;
  /** What to paste. */
  readonly code: string;
  /** The address of its page on the docs site. */
  readonly page: string;
  /** What is known of the versions that the log names. */
  readonly versions: readonly VersionStatus[];
  /** With `perhaps` alone. */
  readonly check?: string;
  /** With `perhaps` alone: the bugs of which one may be it. */
  readonly candidates?: readonly CandidateBug[];
}

/** The bugs that a match names: with `perhaps` all of its candidates. */
export function bugsNamed({ bug, candidates }: DiagnosedBug): string[] {
  return candidates?.map((one) => one.bug) ?? [bug];
}

/** What a log shows. */
export interface Diagnosis {
  /** Best first; empty where nothing is known. */
  readonly matches: readonly DiagnosedBug[];
  /** Errors that no write-up explains: different ones, the first of each kind. */
  readonly unmatchedErrors: readonly ErrorLine[];
  readonly linesRead: number;
  /** The versions of engines and interpreters that the log names. */
  readonly versions: readonly SeenVersion[];
}

/**
 * Looks up which versions of its engine show a bug, or those of another package or claim; nothing where
 * that is not known.
 */
export type HistoryLookup = (writeup: Writeup, wish?: HistoryWish) => VersionHistory | undefined;

/** What is known of the versions that a log names, as far as they are of the bug's engine. */
export function statusesOf(
  writeup: Writeup,
  seen: readonly SeenVersion[],
  lookUp: HistoryLookup,
): VersionStatus[] {
  const ofEngine = seen.filter(({ package: name }) => name === writeup.engine);
  const history = ofEngine.length > 0 ? lookUp(writeup) : undefined;
  return history ? ofEngine.map(({ version }) => statusOf(version, history)) : [];
}

/** What the versions that are known say of a bug, together. */
export function hintOf(statuses: readonly VersionStatus[]): VersionHint {
  const found = statuses.map(({ status }) => status);
  if (found.includes('fails')) return 'fails';
  // Of a version that did not run, nothing is known.
  return found.length > 0 && found.every((status) => status === 'works') ? 'works' : 'unknown';
}

/** A match as JSON has it. */
export function describe(match: Match, versions: readonly VersionStatus[]): DiagnosedBug {
  const { writeup, level, because, score, signature, line, text } = match;
  const candidates = match.candidates.map(describeCandidate);
  const [first] = candidates;
  return {
    ...name(writeup),
    level,
    because,
    score,
    signature: signature.template,
    line,
    text,
    fix: writeup.fix.summary,
    code: writeup.fix.code,
    page: pagePath(writeup.slug),
    versions,
    ...(first ? { check: first.check, candidates } : {}),
  };
}

function describeCandidate({ writeup, signature }: Candidate): CandidateBug {
  return {
    ...name(writeup),
    check: signature.check ?? writeup.symptom,
    fix: writeup.fix.summary,
    page: pagePath(writeup.slug),
  };
}

function name({ id, slug, title }: Writeup) {
  return { bug: id, slug, title };
}
