import type { Queue } from 'bullmq';
import { jobOptions } from '../settings.ts';

/** The queue of imports, as the board shows it. */
export const importsQueue = 'imports';

/** What a job carries: where the import is to be found, never the file. */
export interface ImportJob {
  readonly import: string;
}

/** Queues an import. Once more is harmless: the job has the import's id, and there is one of each. */
export async function enqueueImport(queue: Queue, id: string): Promise<void> {
  await queue.add('import', { import: id } satisfies ImportJob, { ...jobOptions, jobId: id });
}
