import {
  bugsNamed,
  describe,
  hintOf,
  statusesOf,
  type DiagnosedBug,
} from '../../catalog/diagnose/diagnosis.ts';
import { createMatcher } from '../../catalog/diagnose/matcher.ts';
import { createLogReaders } from '../../catalog/diagnose/log-reader.ts';
import { historyOf } from '../../catalog/diagnose/version-history.ts';
import { Versions, type SeenVersion } from '../../catalog/diagnose/versions.ts';
import type { VersionHistory } from '../../catalog/diagnose/version-status.ts';
import { reportOf, type Report } from '../../catalog/report/report.ts';
import {
  verdictForWorker,
  type WorkerFacts,
  type WorkerVerdict,
} from '../../catalog/verdict/for-worker.ts';
import { readResults, type ClaimResult } from '../../catalog/verdict/results.ts';
import type { Writeup } from '../../catalog/writeup/schema.ts';
import { pause } from '../../worker/pause.ts';

/** What a failed job says of its failure. */
export interface FailureText {
  readonly failedReason: string;
  /** A stack for each try that failed, the newest last. */
  readonly stacktrace: readonly string[];
}

/** A bug that a failure shows, as `diagnose` tells it. */
export type KnownBug = DiagnosedBug;

/** A bug that a failure shows or may show, and what its runs say of the worker. */
interface BugVerdict extends WorkerVerdict {
  readonly bug: string;
}

/** What the write-ups know of failures. Compiled once; keep it. */
export interface KnownBugs {
  /** The bugs that a failure shows, best first; empty where nothing is known. */
  readonly of: (failure: FailureText, worker?: WorkerFacts) => KnownBug[];
  /** What the runs of those bugs say of this worker. Reads evidence once for each bug. */
  readonly verdicts: (bugs: readonly KnownBug[], worker?: WorkerFacts) => Promise<BugVerdict[]>;
  /** What somebody would report of the failure, without what should not be public. */
  readonly report: (failure: FailureText, worker?: WorkerFacts) => Report;
}

type ReadResults = (writeup: Writeup) => readonly ClaimResult[];

/** @param read the results of a bug's claims; those on disk by default. */
export function createKnownBugs(
  writeups: readonly Writeup[],
  read: ReadResults = (writeup) => readResults(writeup),
): KnownBugs {
  const results = new Map<string, readonly ClaimResult[]>();
  const resultsOf = (writeup: Writeup) => {
    const known = results.get(writeup.id) ?? read(writeup);
    results.set(writeup.id, known);
    return known;
  };
  const lookUp = (writeup: Writeup): VersionHistory => historyOf(writeup, resultsOf(writeup));
  const matcher = createMatcher(writeups);
  const readLog = createLogReaders(writeups, lookUp);
  return {
    of: (failure, worker) => {
      const text = textOf(failure);
      const seen = versionsOf(text, worker);
      const statuses = (writeup: Writeup) => statusesOf(writeup, seen(), lookUp);
      return matcher
        .match(text, (writeup) => hintOf(statuses(writeup)))
        .map((match) => describe(match, statuses(match.writeup)));
    },
    verdicts: async (bugs, worker) => {
      const verdicts: BugVerdict[] = [];
      for (const id of new Set(bugs.flatMap((one) => bugsNamed(one)))) {
        const writeup = writeups.find((one) => one.id === id);
        if (writeup === undefined) continue;
        // Evidence is read from disk: between two bugs others are answered.
        if (!results.has(id)) await pause(0);
        verdicts.push({ bug: id, ...verdictForWorker(writeup, resultsOf(writeup), worker) });
      }
      return verdicts;
    },
    report: (failure, worker) => {
      const text = textOf(failure);
      const reader = readLog();
      reader.write(text);
      const lines = text.split(/\r?\n/);
      const message = failure.failedReason.split(/\r?\n/)[0] ?? '';
      const error = { line: lines.length, text: message };
      return reportOf(error, lines, { ...reader.end(), versions: versionsOf(text, worker)() });
    },
  };
}

/** The versions that a text names and those of the worker, gathered when they are asked for. */
function versionsOf(text: string, worker: WorkerFacts | undefined): () => SeenVersion[] {
  let gathered: SeenVersion[] | undefined;
  return () => {
    if (gathered) return gathered;
    const versions = new Versions();
    for (const [index, line] of text.split(/\r?\n/).entries()) versions.add(line, index + 1);
    const ofWorker = worker?.versions?.map((one) => ({ ...one, line: 0 })) ?? [];
    return (gathered = [...versions.list(), ...ofWorker]);
  };
}

/** What is looked through: stacks first, then the error, as if a log told them. */
function textOf({ failedReason, stacktrace }: FailureText): string {
  return [...stacktrace, failedReason].join('\n');
}
