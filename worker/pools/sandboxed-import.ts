/** The processor of the prefork and threads pools: BullMQ loads it into a child process or a thread. */
import type { SandboxedJob } from 'bullmq';
import { openDatabase } from '../database/open.ts';
import { processImport, type ImportResult } from '../queue/process-import.ts';

// A child whose worker was killed would otherwise live on with its idle database connections.
process.once('disconnect', () => process.exit());

const database = openDatabase(process.env.DATABASE_URL ?? '');

export default function processInSandbox(
  job: SandboxedJob,
  token: string,
  signal: AbortSignal,
): Promise<ImportResult> {
  return processImport(database, job, token, signal);
}
