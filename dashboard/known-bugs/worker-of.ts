import type { WorkerFacts } from '../../catalog/verdict/for-worker.ts';

/** What tells which worker had a job. */
interface JobOfWorker {
  /** The id of its queue. */
  readonly queue: string;
  /** The name that the worker wrote into the job; BullMQ writes it where a worker has a name. */
  readonly processedBy?: string | undefined;
}

/** What is known of the worker that had a job last; undefined where nothing is. */
export type WorkerOf = (job: JobOfWorker) => WorkerFacts | undefined;

/** Without a registry of workers nothing is known of them, and nothing is assumed. */
export const unknownWorker: WorkerOf = () => undefined;
