import pLimit from 'p-limit';
import type { Mask } from '../jobs/mask.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import { findById, scan } from '../jobs/scan.ts';
import type { ScannedJob, State } from '../jobs/scanned-job.ts';
import { meets, valuesAt } from './condition.ts';
import { fits, type Filter } from './filter.ts';

/** Jobs that one question to the broker reads. */
const atOnce = 200;
/** Queues that are looked into at once. */
const queuesAtOnce = 8;
/** How long a search may take, in milliseconds; what was not looked at by then is told. */
const longestMs = 5000;
/** Jobs that are kept of what matches. */
const mostMatches = 10_000;

/** A job that matches. */
export interface Match extends Omit<ScannedJob, 'data'> {
  readonly queue: JobQueue;
  /** What stands in the fields that were asked for. */
  readonly fields: readonly { readonly path: string; readonly value: string }[];
}

/** How far a queue was looked through. */
interface Looked {
  readonly queue: JobQueue;
  lookedAt: number;
  /** Its jobs in the states that were asked for; unknown where its jobs were looked up by their ids. */
  total: number;
  problem?: string;
}

export interface Found {
  readonly matches: readonly Match[];
  readonly looked: readonly Looked[];
  /** Jobs whose data was not looked at, because it is too long. */
  readonly tooLong: number;
  /** Jobs whose data is no JSON. */
  readonly unreadable: number;
  /** Why not all that was asked for was looked at. */
  readonly stopped: 'time' | 'matches' | undefined;
}

/**
 * Looks through the newest jobs of queues. Bounded in jobs and in time; what was not looked at is told.
 * What a mask hides is neither compared nor told.
 */
export async function search(
  queues: readonly JobQueue[],
  filter: Filter,
  mask: Mask,
  now: () => number = Date.now,
): Promise<Found> {
  const end = now() + longestMs;
  const matches: Match[] = [];
  const counts = { tooLong: 0, unreadable: 0 };
  let stopped: Found['stopped'];
  const wantsData = filter.where.length > 0;

  const take = (queue: JobQueue, { data, ...job }: ScannedJob) => {
    if (!fits(job, filter)) return;
    let fields: Match['fields'] = [];
    if (wantsData) {
      if (data === undefined) {
        counts.tooLong += 1;
        return;
      }
      const parsed = parse(data);
      if (parsed === undefined) {
        counts.unreadable += 1;
        return;
      }
      const seen = mask('data', parsed.value);
      if (!filter.where.every((condition) => meets(seen, condition))) return;
      fields = filter.where.map(({ path }) => ({
        path: path.join('.'),
        value: short(valuesAt(seen, path)),
      }));
    }
    if (matches.length < mostMatches) matches.push({ ...job, queue, fields });
    else stopped = 'matches';
  };

  const lookInto = async (queue: JobQueue): Promise<Looked> => {
    const looked: Looked = { queue, lookedAt: 0, total: 0 };
    try {
      if (filter.ids.length > 0) {
        for (const job of await findById(queue, filter.ids, wantsData)) {
          looked.lookedAt += 1;
          looked.total += 1;
          take(queue, job);
        }
        return looked;
      }
      for (const state of filter.states) await lookThrough(queue, state, looked);
    } catch (error) {
      looked.problem = error instanceof Error ? error.message : String(error);
    }
    return looked;
  };

  const lookThrough = async (queue: JobQueue, state: State, looked: Looked) => {
    for (let start = 0; start < filter.look; start += atOnce) {
      if (stopped === 'matches') return;
      if (now() > end) {
        stopped = 'time';
        return;
      }
      const length = Math.min(atOnce, filter.look - start);
      const { total, jobs } = await scan(queue, state, { start, length }, wantsData);
      if (start === 0) looked.total += total;
      looked.lookedAt += jobs.length;
      for (const job of jobs) take(queue, job);
      if (start + length >= total) return;
    }
  };

  const limit = pLimit(queuesAtOnce);
  const looked = await Promise.all(queues.map((queue) => limit(() => lookInto(queue))));
  // A job may have moved from state to state meanwhile.
  const unique = new Map(matches.map((one) => [JSON.stringify([one.queue.id, one.id]), one]));
  const sorted = [...unique.values()].sort((a, b) => timeOf(b, filter) - timeOf(a, filter));
  return { matches: sorted, looked, ...counts, stopped };
}

function timeOf({ addedAt, finishedAt }: Match, { at }: Filter): number {
  return (at === 'finished' ? finishedAt : undefined) ?? addedAt;
}

function parse(data: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(data) };
  } catch {
    return undefined;
  }
}

function short(values: readonly unknown[]): string {
  const text = values
    .slice(0, 3)
    .map((value) => (typeof value === 'string' ? value : safeJson(value)))
    .join(', ');
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

/** Data that is very deep cannot be written again. */
function safeJson(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return '(too deep)';
  }
}
