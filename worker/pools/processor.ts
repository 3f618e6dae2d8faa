import type { Job, Processor, WorkerOptions } from 'bullmq';
import type { Database } from '../database/open.ts';
import { processImport } from '../queue/process-import.ts';
import { sandboxedProcessor, sandboxOptions } from '../settings.ts';
import type { WorkerPool } from './choose-pool.ts';

/** How BullMQ is told to run imports in a pool. */
export interface PooledProcessor {
  readonly processor: Processor | URL;
  readonly options: Omit<WorkerOptions, 'connection'>;
}

/** The processor of a pool. Sandboxes connect to the database by themselves, through DATABASE_URL. */
export function processorOf(
  pool: WorkerPool,
  database: Database,
  databaseUrl: string,
): PooledProcessor {
  const env = { ...process.env, DATABASE_URL: databaseUrl };
  switch (pool) {
    case 'solo':
      return {
        processor: (job: Job, token?: string, signal?: AbortSignal) =>
          processImport(database, job, token, signal),
        options: {},
      };
    case 'prefork':
      return { processor: sandboxedProcessor, options: { workerForkOptions: { env } } };
    case 'threads':
      return {
        processor: sandboxedProcessor,
        options: {
          useWorkerThreads: true,
          workerThreadsOptions: { ...sandboxOptions.workerThreadsOptions, env },
        },
      };
  }
}
