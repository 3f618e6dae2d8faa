import type { Queue } from 'bullmq';
import { z } from 'zod';
import { jobOptions } from '../settings.ts';

/** The queue of imports, as the board shows it. */
export const importsQueue = 'imports';

/** What a job carries: where the import is to be found, never the file. */
export const importJob = z.object({ import: z.uuid() });
type ImportJob = z.output<typeof importJob>;

/**
 * The id of the job that carries an import: the import's own, and for each further job that number
 * behind it. BullMQ adds nothing under the id of a job that it keeps, be it a failed one.
 */
export function jobIdOf(id: string, carried: number): string {
  return carried === 1 ? id : `${id}-${carried}`;
}

/** Queues an import. Once more is harmless: there is one job of each id. */
export async function enqueueImport(queue: Queue, id: string, carried = 1): Promise<void> {
  await queue.add('import', { import: id } satisfies ImportJob, {
    ...jobOptions,
    jobId: jobIdOf(id, carried),
  });
}
