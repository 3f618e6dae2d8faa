import { createHash } from 'node:crypto';
import type { FailedJob, FailedWindow } from '../jobs/failed-job.ts';
import { titleOf, type JobQueue } from '../jobs/job-queue.ts';
import { normaliseMessage } from './normalise.ts';
import { topFrame, type Frame } from './top-frame.ts';
import { trendOf, type Trend } from './trend.ts';

/** A failed job with its queue. */
export interface Failure extends FailedJob {
  readonly queue: JobQueue;
}

/** Failures of one kind: with the same normalised message and the same top frame. */
export interface FailureGroup {
  /** The same for as long as such jobs fail: for addresses. */
  readonly id: string;
  readonly message: string;
  readonly frame: Frame | undefined;
  /** The newest first. */
  readonly failures: readonly Failure[];
}

/** What was looked at of a queue. */
export interface Window {
  readonly queue: JobQueue;
  readonly window: FailedWindow;
}

/** The groups of all failures of the windows, the largest first. */
export function groupFailures(windows: readonly Window[]): FailureGroup[] {
  const groups = new Map<string, { kind: Kind; failures: Failure[] }>();
  for (const { queue, window } of windows) {
    for (const job of window.jobs) {
      const kind = kindOf(job, groups);
      const group = groups.get(kind.key) ?? { kind, failures: [] };
      groups.set(kind.key, group);
      group.failures.push({ ...job, queue });
    }
  }
  return [...groups.values()]
    .map(({ kind, failures }) => ({
      id: kind.id,
      message: kind.message,
      frame: kind.frame,
      failures: failures.sort((a, b) => b.failedAt - a.failedAt),
    }))
    .sort((a, b) => b.failures.length - a.failures.length || newest(b) - newest(a));
}

interface Kind {
  readonly key: string;
  readonly id: string;
  readonly message: string;
  readonly frame: Frame | undefined;
}

/** The kinds of jobs that were read once: windows are kept, and grouped again when one of them changes. */
const kinds = new WeakMap<FailedJob, Kind>();

/** @param found the kinds of this time, by their keys. */
function kindOf(job: FailedJob, found: ReadonlyMap<string, { readonly kind: Kind }>): Kind {
  const known = kinds.get(job);
  if (known) return known;
  const message = normaliseMessage(job.failedReason);
  const frame = topFrame(job.stack);
  const key = `${message}\n${frame?.key ?? ''}`;
  const kind = found.get(key)?.kind ?? { key, id: idOf(key), message, frame };
  kinds.set(job, kind);
  return kind;
}

function idOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, 16);
}

function newest({ failures }: FailureGroup): number {
  return failures[0]?.failedAt ?? 0;
}

/** What a group is told by, without its jobs. */
export interface GroupFigures {
  readonly count: number;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly queues: readonly {
    readonly id: string;
    readonly title: string;
    readonly count: number;
  }[];
  readonly trend: Trend;
}

export function figuresOf(
  { failures }: FailureGroup,
  windows: readonly Window[],
  now: number,
): GroupFigures {
  const byQueue = Map.groupBy(failures, ({ queue }) => queue);
  const queues = [...byQueue].map(([queue, there]) => ({
    id: queue.id,
    title: titleOf(queue),
    count: there.length,
  }));
  const whole = windows.filter(({ queue }) => byQueue.has(queue));
  return {
    count: failures.length,
    firstAt: failures.at(-1)?.failedAt ?? 0,
    lastAt: failures[0]?.failedAt ?? 0,
    queues: queues.sort((a, b) => b.count - a.count),
    trend: trendOf(
      failures.map(({ failedAt }) => failedAt),
      reachOf(whole),
      now,
    ),
  };
}

/** Since when all failures are in the windows, in epoch milliseconds: 0 where none was left out. */
export function reachOf(windows: readonly Window[]): number {
  return Math.max(
    0,
    ...windows.map(({ window: { failed, jobs } }) =>
      failed > jobs.length ? (jobs.at(-1)?.failedAt ?? 0) : 0,
    ),
  );
}
