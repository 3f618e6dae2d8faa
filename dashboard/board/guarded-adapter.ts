import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import type {
  ExternalJobUrl,
  JobCounts,
  JobStatus,
  QueueJobJson,
  QueueWorker,
} from '@bull-board/api/dist/types.js';
import type { Job, JobType } from 'bullmq';
import { listLimits, pageLimits } from '../queues/jobs/limits.ts';
import { readJob } from '../queues/jobs/read-job.ts';
import type { KnownQueue } from '../queues/directory.ts';
import { payloadPath } from '../queues/jobs/payload-path.ts';
import type { KnownBugLink } from './known-bug-link.ts';

/** How many lines of a job's log are shown: its last ones. */
const logLines = 1000;

/**
 * A queue as the board sees it. What cannot be read of it is said where it would stand, and hides
 * nothing else: Bull Board answers a list, and all queues, with an error for one job that is no JSON.
 */
export class GuardedAdapter extends BullMQAdapter {
  readonly #known: KnownQueue;
  #problem = '';

  /** @param delimiter by which the board groups queues. */
  constructor(known: KnownQueue, knownBugLink: KnownBugLink, delimiter: string) {
    const externalJobUrl = (job: QueueJobJson) => {
      try {
        return knownBugLink(job, known.id);
      } catch {
        return undefined;
      }
    };
    super(known.queue, {
      displayName: known.title,
      delimiter,
      // Typed as if every job had a link; a job for which there is none is shown without.
      externalJobUrl: externalJobUrl as (job: QueueJobJson) => ExternalJobUrl,
    });
    this.#known = known;
  }

  /** Whether this is the adapter of a queue, as it is open now. */
  shows(known: KnownQueue): boolean {
    return known.queue === this.#known.queue;
  }

  /** The board keeps queues by this name: two prefixes may hold queues of one name. */
  override getName(): string {
    return this.#known.id;
  }

  override getDescription(): string {
    return this.#problem;
  }

  override getJob(id: string): Promise<Job | undefined> {
    return readJob(this.#known.queue, id, pageLimits, payloadPath(this.#known.id, id));
  }

  override async getJobs(statuses: JobStatus[], start = 0, end = 0): Promise<Job[]> {
    return this.#guard([], async () => {
      const ids = await this.#known.queue.getRanges(statuses as JobType[], start, end);
      const jobs = await Promise.all(
        ids.map((id) =>
          readJob(this.#known.queue, id, listLimits, payloadPath(this.#known.id, id)),
        ),
      );
      return jobs.filter((job) => job !== undefined);
    });
  }

  override async getJobCounts(): Promise<JobCounts> {
    const none = Object.fromEntries(this.getJobStatuses().map((status) => [status, 0]));
    return this.#guard(none, () => super.getJobCounts(), true);
  }

  override async getJobLogs(id: string): Promise<string[]> {
    const { logs, count } = await this.#known.queue.getJobLogs(id, 0, logLines - 1, false);
    const older = count - logs.length;
    const last = logs.reverse();
    return older > 0
      ? [`… ${older.toLocaleString('en')} earlier lines are not shown`, ...last]
      : last;
  }

  override isPaused(): Promise<boolean> {
    return this.#guard(false, () => super.isPaused());
  }

  override getGlobalConcurrency(): Promise<number | null> {
    return this.#guard(null, async () => super.getGlobalConcurrency());
  }

  override getJobSchedulersCount(): Promise<number> {
    return this.#guard(0, () => super.getJobSchedulersCount());
  }

  override getJobSchedulers(): ReturnType<BullMQAdapter['getJobSchedulers']> {
    return this.#guard([], () => super.getJobSchedulers());
  }

  override async getWorkers(): Promise<QueueWorker[] | null> {
    if (this.#known.workers === undefined) return super.getWorkers();
    const workers = await this.#known.workers();
    return workers === undefined ? null : [...workers];
  }

  /** What the server answers about this queue alone is noted on its page, and hides no other queue. */
  async #guard<T>(otherwise: T, ask: () => Promise<T>, tells = false): Promise<T> {
    try {
      const answer = await ask();
      if (tells) this.#problem = '';
      return answer;
    } catch (error) {
      if (!isOfThisQueue(error)) throw error;
      this.#problem = `This queue cannot be read: ${error.message}`;
      return otherwise;
    }
  }
}

/** Of the way to the server, which concerns every queue; whatever else fails concerns this one alone. */
const ofTheWay =
  /ECONN|ETIMEDOUT|EPIPE|ENOTFOUND|onnection (?:is closed|terminated|ended)|writeable|timed out|timeout|MaxRetries|LOADING|CLUSTERDOWN|NOAUTH/;

function isOfThisQueue(error: unknown): error is Error {
  return error instanceof Error && !ofTheWay.test(`${error.name} ${error.message}`);
}
