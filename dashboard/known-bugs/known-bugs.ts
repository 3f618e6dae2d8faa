import { bugsNamed, type DiagnosedBug } from '../../catalog/diagnose/diagnosis.ts';
import { createLogReaders } from '../../catalog/diagnose/log-reader.ts';
import { historyOf } from '../../catalog/diagnose/version-history.ts';
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
export interface BugVerdict extends WorkerVerdict {
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
  const anyWorker = createLogReaders(writeups, lookUp);
  const diagnose = (failure: FailureText, worker?: WorkerFacts) => {
    // The signatures are compiled anew for a worker whose versions are known: callers keep the answer.
    const reader = worker?.versions?.length
      ? createLogReaders(writeups, lookUp, worker.versions)()
      : anyWorker();
    reader.write(textOf(failure));
    return reader.end();
  };
  return {
    of: (failure, worker) => diagnose(failure, worker).matches,
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
      const diagnosis = diagnose(failure, worker);
      const versions = [...diagnosis.versions, ...(worker?.versions ?? [])].map((one) => ({
        line: 0,
        ...one,
      }));
      const lines = textOf(failure).split(/\r?\n/);
      const text = failure.failedReason.split(/\r?\n/)[0] ?? '';
      return reportOf({ line: lines.length, text }, lines, { ...diagnosis, versions });
    },
  };
}

/** What is looked through: stacks first, then the error, as if a log told them. */
export function textOf({ failedReason, stacktrace }: FailureText): string {
  return [...stacktrace, failedReason].join('\n');
}
