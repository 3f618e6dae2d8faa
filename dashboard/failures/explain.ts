import type { WorkerOf } from '../known-bugs/worker-of.ts';
import type { KnownBug, KnownBugs } from '../known-bugs/known-bugs.ts';
import { readFailure } from '../jobs/failures.ts';
import type { WholeFailure } from '../jobs/failed-job.ts';
import type { Failure } from './groups.ts';
import type { FailureDetail } from './shapes.ts';

/** What explains failures: the write-ups, and what is known of workers. */
export interface Explainer {
  /** The bugs of the newest failure of a group; kept, for the same failures are asked for again and again. */
  readonly bugsOf: (failure: Failure) => Promise<readonly KnownBug[]>;
  readonly detail: (queue: Failure['queue'], failure: WholeFailure) => Promise<FailureDetail>;
}

const mostKept = 2000;

export function createExplainer(
  knownBugs: KnownBugs,
  workerOf: WorkerOf,
  repository: string | undefined,
): Explainer {
  const kept = new Map<string, readonly KnownBug[]>();
  const workerFor = (queue: Failure['queue'], { processedBy }: { processedBy?: string }) =>
    workerOf({ queue: queue.id, processedBy });
  return {
    bugsOf: async (failure) => {
      const key = JSON.stringify([failure.queue.id, failure.id, failure.failedAt]);
      const same = kept.get(key);
      if (same) return same;
      // All of its stacks, as the board has them: a message may be told by what stands in another.
      const whole = await readFailure(failure.queue, failure.id);
      const bugs = knownBugs.of(
        whole ?? { failedReason: failure.failedReason, stacktrace: [failure.stack] },
        await workerFor(failure.queue, failure),
      );
      const [oldest] = kept.keys();
      if (oldest !== undefined && kept.size >= mostKept) kept.delete(oldest);
      kept.set(key, bugs);
      return bugs;
    },
    detail: async (queue, failure) => {
      const worker = await workerFor(queue, failure);
      const bugs = knownBugs.of(failure, worker);
      return {
        bugs: bugs.map(shown),
        verdicts: await knownBugs.verdicts(bugs, worker),
        report: bugs.length === 0 ? knownBugs.report(failure, worker) : null,
        repository: repository ?? null,
        stack: failure.stack.slice(0, 20_000),
      };
    },
  };
}

/** A bug as the API tells it. */
function shown({ candidates, versions, ...bug }: KnownBug): FailureDetail['bugs'][number] {
  return {
    ...bug,
    versions: [...versions],
    ...(candidates && { candidates: [...candidates] }),
  };
}
