import type { Person } from '../access/person.ts';
import { readFailures, type Looked } from '../jobs/failures.ts';
import type { FailedWindow } from '../jobs/failed-job.ts';
import type { QueueDirectory } from '../queues/directory.ts';
import { groupFailures, type FailureGroup, type Window } from './groups.ts';

/** How many of the newest failed jobs of each queue are looked at. */
export const perQueue = 1000;

/**
 * After so long everything is read again, in milliseconds. What is kept holds while the number of failed
 * jobs and the newest of them are the same; two changes at once may cancel each other out in these.
 */
const longestMs = 30_000;
/** When nobody looks for so long, nothing is kept, in milliseconds. */
const forgetMs = 60_000;

/** What somebody sees of the failures of all queues. */
export interface Look {
  /** In epoch milliseconds. */
  readonly at: number;
  readonly windows: readonly Window[];
  readonly problems: readonly { readonly queue: string; readonly says: string }[];
  readonly groups: readonly FailureGroup[];
  /** Changes when a job fails, is retried or is removed. */
  readonly stamp: string;
}

/** Looks at the failed jobs of all queues; what did not change since is not read again. */
export class Looker {
  readonly #queues: QueueDirectory;
  readonly #known = new Map<string, { window: FailedWindow; readAt: number }>();
  readonly #grouped = new Map<string, readonly FailureGroup[]>();
  #pending: Promise<{ at: number; looked: Looked[] }> | undefined;
  #forget: NodeJS.Timeout | undefined;

  constructor(queues: QueueDirectory) {
    this.#queues = queues;
  }

  /** @param person sees the failures of their queues alone. */
  async look(person: Person): Promise<Look> {
    clearTimeout(this.#forget);
    this.#forget = setTimeout(() => {
      this.#known.clear();
      this.#grouped.clear();
    }, forgetMs).unref();
    // Whoever asks while others wait is given their answer.
    this.#pending ??= this.#read().finally(() => (this.#pending = undefined));
    const { at, looked } = await this.#pending;
    const seen = looked.filter(({ queue }) => person.sees(queue.id));
    const windows = seen.filter((one) => 'window' in one);
    const problems = seen.flatMap((one) =>
      'problem' in one ? [{ queue: one.queue.id, says: one.problem }] : [],
    );
    const stamp = windows.map(({ queue, window }) => `${queue.id} ${window.stamp}`).join('\n');
    return { at, windows, problems, groups: this.#group(stamp, windows), stamp };
  }

  async #read(): Promise<{ at: number; looked: Looked[] }> {
    const at = Date.now();
    const queues = this.#queues.list();
    for (const [id, { readAt }] of this.#known) {
      if (at - readAt > longestMs || !this.#queues.find(id)) this.#known.delete(id);
    }
    const known = new Map([...this.#known].map(([id, { window }]) => [id, window]));
    const looked = await readFailures(queues, perQueue, known);
    for (const one of looked) {
      if ('window' in one && known.get(one.queue.id) !== one.window) {
        this.#known.set(one.queue.id, { window: one.window, readAt: at });
      }
    }
    return { at, looked };
  }

  /** Those who see other queues have other groups. */
  #group(stamp: string, windows: readonly Window[]): readonly FailureGroup[] {
    const same = this.#grouped.get(stamp);
    if (same) return same;
    const groups = groupFailures(windows);
    const [oldest] = this.#grouped.keys();
    if (oldest !== undefined && this.#grouped.size >= 4) this.#grouped.delete(oldest);
    this.#grouped.set(stamp, groups);
    return groups;
  }
}
