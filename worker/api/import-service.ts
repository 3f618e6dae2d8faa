import type { Queue } from 'bullmq';
import { brokerAt } from '../broker/broker.ts';
import type { OnError } from '../broker/connection.ts';
import { openDatabase, type Database } from '../database/open.ts';
import { createSchema } from '../database/schema.ts';
import type { ImportRecord } from '../import/import-record.ts';
import { runImport } from '../import/run-import.ts';
import { stageImport, type ImportRequest } from '../import/stage-import.ts';
import { enqueueImport, importsQueue } from '../queue/import-job.ts';
import { enqueueDeadlineMs } from '../settings.ts';
import { isOverWithin } from '../within.ts';

export interface ImportServiceOptions {
  /** redis://, rediss:// or postgres://: where jobs are put, if it answers. */
  readonly brokerUrl: string;
  /** postgres://: where the files and the positions are. */
  readonly databaseUrl: string;
  /** Called with every error of the broker's; they come for as long as it is away. */
  readonly onError: OnError;
}

/** What became of a request: a job in the queue, or, where that failed for a reason, the import itself. */
export type StartedImport =
  | { readonly mode: 'queued'; readonly import: string }
  | {
      readonly mode: 'sync';
      readonly import: string;
      readonly reason: string;
      readonly record: ImportRecord;
    };

/** Takes imports. */
export interface ImportService extends AsyncDisposable {
  readonly database: Database;
  /** BullMQ's own, for the board. */
  readonly queue: Queue;
  /**
   * Stores the file and queues its import; when the broker has not taken it within a second, runs
   * the import at once. A broker that took it all the same does no harm: the import counts once.
   */
  readonly start: (request: ImportRequest) => Promise<StartedImport>;
}

/** @throws Error when the database does not answer. The broker may come later. */
export async function openImportService(options: ImportServiceOptions): Promise<ImportService> {
  await using stack = new AsyncDisposableStack();
  const database = stack.use(openDatabase(options.databaseUrl));
  await createSchema(database);
  const { queue } = stack.use(brokerAt(options.brokerUrl).openQueue(importsQueue, options.onError));
  const resources = stack.move();
  return {
    database,
    queue,
    start: async (request) => {
      const id = await stageImport(database, request);
      const reason = await whyNotQueued(queue, id);
      if (reason === undefined) return { mode: 'queued', import: id };
      return { mode: 'sync', import: id, reason, record: await runImport(database, id) };
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

/** Tries to queue an import. @returns undefined when it is queued. */
async function whyNotQueued(queue: Queue, id: string): Promise<string | undefined> {
  let reason: string | undefined;
  const queued = enqueueImport(queue, id).catch((error: unknown) => {
    reason = `the broker refused: ${error instanceof Error ? error.message : String(error)}`;
  });
  if (await isOverWithin(queued, enqueueDeadlineMs)) return reason;
  return `the broker did not answer within ${enqueueDeadlineMs} ms`;
}
