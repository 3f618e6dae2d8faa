import { DelayedError, UnrecoverableError } from 'bullmq';
import { z } from 'zod';
import { isOutage } from '../database/is-down.ts';
import type { Database } from '../database/open.ts';
import { BadFile } from '../import/bad-file.ts';
import type { ImportProgress, ImportRecord } from '../import/import-record.ts';
import { carryOut, type CarriedOut } from '../lifecycle/carry-out.ts';
import { reopenImport } from '../lifecycle/reopen.ts';
import { outageDelayMs } from '../settings.ts';
import { importJob } from './import-job.ts';

/** As much of a job as there is in every pool. */
export interface ProcessedJob {
  readonly data: unknown;
  /** How often it has ended: more than never, and somebody has retried it. */
  readonly attemptsMade: number;
  readonly updateProgress: (progress: ImportProgress) => Promise<unknown>;
  /** Nothing to wait for in a sandbox. */
  readonly log: (row: string) => unknown;
  readonly moveToDelayed: (timestamp: number, token?: string) => Promise<unknown>;
}

/** What a finished job returns, to be seen on the board. */
export interface ImportResult {
  readonly rows: number;
  readonly imported: number;
  readonly skipped: number;
  readonly duplicateOf: string | null;
}

/**
 * Brings the import that a job names to its end, and tells how far it is. A job that is retried on the
 * board opens its import again.
 *
 * @throws DelayedError when there is nothing to do for now: the job waits, and takes no worker's time.
 * @throws UnrecoverableError with the reason when the import came to another end than `done`.
 */
export async function processImport(
  database: Database,
  job: ProcessedJob,
  token: string | undefined,
  signal?: AbortSignal,
): Promise<ImportResult> {
  const parsed = importJob.safeParse(job.data);
  if (!parsed.success) {
    throw new UnrecoverableError(
      `expected a job of poolproof's, such as {"import": "…"}: ${z.prettifyError(parsed.error)}`,
    );
  }
  const { import: id } = parsed.data;
  let carried: CarriedOut;
  try {
    if (job.attemptsMade > 0) await reopenImport(database, id);
    carried = await carryOut(database, id, {
      signal,
      // The import itself does not need the broker.
      onProgress: (progress) => void job.updateProgress(progress).catch(() => undefined),
    });
  } catch (error) {
    if (signal?.aborted) return later(job, token, 0, 'the worker stops');
    if (!isOutage(error)) throw error;
    // The broker may be gone with it: then the job fails for that, and is found to have.
    return later(job, token, outageDelayMs, 'the database does not answer').catch(
      (failed: unknown) => {
        throw failed instanceof DelayedError ? failed : error;
      },
    );
  }
  if (!carried.over) return later(job, token, carried.waitMs, carried.why);
  return resultOf(carried.record);
}

async function later(
  job: ProcessedJob,
  token: string | undefined,
  waitMs: number,
  why: string | undefined,
): Promise<never> {
  if (why !== undefined) {
    await Promise.resolve(job.log(`Waits ${waitMs} ms: ${why}`)).catch(() => undefined);
  }
  await job.moveToDelayed(Date.now() + Math.max(waitMs, 1), token);
  throw new DelayedError();
}

function resultOf(record: ImportRecord): ImportResult {
  const { state, rows, imported, badRows, badRowCount, duplicateOf, reason } = record;
  switch (state) {
    case 'done':
      return { rows: rows ?? 0, imported: imported ?? 0, skipped: badRowCount, duplicateOf };
    case 'rejected':
      throw new UnrecoverableError(new BadFile(badRows, badRowCount).message);
    case 'failed':
      throw new UnrecoverableError(reason ?? 'The import failed.');
    case 'cancelled':
    case 'undone':
    case 'waiting':
    case 'running':
      throw new UnrecoverableError(`The import is ${state}.`);
  }
}
