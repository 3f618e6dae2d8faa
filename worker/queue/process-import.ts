import { UnrecoverableError } from 'bullmq';
import type { Database } from '../database/open.ts';
import { BadFile } from '../import/bad-file.ts';
import { runImport, type ImportProgress } from '../import/run-import.ts';
import type { ImportJob } from './import-job.ts';

/** As much of a job as there is in every pool. */
export interface ProcessedJob {
  readonly data: unknown;
  readonly updateProgress: (progress: ImportProgress) => Promise<unknown>;
}

/** What a finished job returns, to be seen on the board. */
export interface ImportResult {
  readonly rows: number;
  readonly imported: number;
  readonly skipped: number;
  readonly duplicateOf: string | null;
}

/** Progress is told this often at most, in milliseconds: each time costs the broker a round trip. */
const progressEveryMs = 250;

/**
 * Runs the import that a job names, and tells how far it is.
 * @throws UnrecoverableError with the lines when the file is rejected, since another try reads the
 * same file; any other error is worth another try.
 */
export async function processImport(
  database: Database,
  job: ProcessedJob,
  signal?: AbortSignal,
): Promise<ImportResult> {
  const { import: id } = job.data as ImportJob;
  let told = -Infinity;
  const record = await runImport(database, id, (progress) => {
    signal?.throwIfAborted();
    if (performance.now() - told < progressEveryMs && progress.bytes < progress.totalBytes) return;
    told = performance.now();
    // The import itself does not need the broker.
    job.updateProgress(progress).catch(() => undefined);
  });
  if (record.state === 'rejected') {
    throw new UnrecoverableError(new BadFile(record.badRows, record.badRowCount).message);
  }
  const { rows, imported, badRowCount: skipped, duplicateOf } = record;
  return { rows: rows ?? 0, imported: imported ?? 0, skipped, duplicateOf };
}
