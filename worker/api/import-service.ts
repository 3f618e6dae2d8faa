import type { Queue } from 'bullmq';
import pLimit, { type LimitFunction } from 'p-limit';
import { brokerAt } from '../broker/broker.ts';
import type { OnError } from '../broker/connection.ts';
import type { Database } from '../database/open.ts';
import { openReadyDatabase } from '../database/ready.ts';
import { isOver, readImport, type ImportRecord } from '../import/import-record.ts';
import { stageImport, type ImportRequest } from '../import/stage-import.ts';
import { carryOut } from '../lifecycle/carry-out.ts';
import { reopenImport } from '../lifecycle/reopen.ts';
import { pause } from '../pause.ts';
import { enqueueImport, importsQueue } from '../queue/import-job.ts';
import { enqueueDeadlineMs, syncImportsAtOnce } from '../settings.ts';
import { isOverWithin } from '../within.ts';
import { openSpool, type Spool } from './spool.ts';

export interface ImportServiceOptions {
  /** redis://, rediss:// or postgres://: where jobs are put, if it answers. */
  readonly brokerUrl: string;
  /** postgres://: where the files and the positions are. */
  readonly databaseUrl: string;
  /** Called with every error of the broker's; they come for as long as it is away. */
  readonly onError: OnError;
  /** Called while the database does not answer at first. Default: `onError`. */
  readonly onDatabaseDown?: OnError | undefined;
  /** Aborted to wait no longer for the database. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * What became of a request: a job in the queue; or, where that failed for a reason, the import itself;
 * or an import that was asked for before, under the same idempotency key, and is over.
 */
export type StartedImport =
  | { readonly mode: 'queued'; readonly import: string }
  | {
      readonly mode: 'sync';
      readonly import: string;
      readonly reason: string;
      readonly record: ImportRecord;
    }
  | { readonly mode: 'known'; readonly import: string; readonly record: ImportRecord };

/** Takes imports. */
export interface ImportService extends AsyncDisposable {
  readonly database: Database;
  /** BullMQ's own, for the board. */
  readonly queue: Queue;
  /** Where uploads arrive. */
  readonly spool: Spool;
  /** What nobody expected goes here. */
  readonly onError: OnError;
  /**
   * Stores the file and queues its import; when the broker has not taken it within a second, runs
   * the import at once. A broker that took it all the same does no harm: the import counts once.
   * An import of the same idempotency key that has failed is tried again.
   */
  readonly start: (request: ImportRequest) => Promise<StartedImport>;
  /**
   * Tries an import again that was rejected, cancelled or has failed.
   * @returns undefined when there is none to try again.
   */
  readonly retry: (id: string) => Promise<StartedImport | undefined>;
}

/** How long an import that is not to be queued waits before it looks again, in milliseconds at most. */
const longestWaitMs = 1000;

/**
 * Opens the service. A database that does not answer is waited for; the broker may come later.
 * @throws BadInput when the database refuses us.
 */
export async function openImportService(options: ImportServiceOptions): Promise<ImportService> {
  await using stack = new AsyncDisposableStack();
  const database = stack.use(
    await openReadyDatabase(options.databaseUrl, {
      onError: options.onDatabaseDown ?? options.onError,
      signal: options.signal,
    }),
  );
  const { queue } = stack.use(brokerAt(options.brokerUrl).openQueue(importsQueue, options.onError));
  const spool = stack.use(await openSpool());
  const resources = stack.move();

  const slots = pLimit(syncImportsAtOnce);
  const carry = async (id: string, carried?: number): Promise<StartedImport> => {
    const reason = await whyNotQueued(queue, id, carried);
    if (reason === undefined) return { mode: 'queued', import: id };
    const record = await runAtOnce(database, id, slots);
    return { mode: 'sync', import: id, reason, record };
  };
  const retry = async (id: string) => {
    const carried = await reopenImport(database, id);
    return carried === undefined ? undefined : carry(id, carried);
  };
  return {
    database,
    queue,
    spool,
    onError: options.onError,
    start: async (request) => {
      const id = await stageImport(database, request);
      const record = await readImport(database, id);
      if (record?.state === 'failed') return (await retry(id)) ?? carry(id);
      if (record && isOver(record)) return { mode: 'known', import: id, record };
      return carry(id);
    },
    retry,
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

/** Runs an import without a job, in its turn. */
async function runAtOnce(
  database: Database,
  id: string,
  slots: LimitFunction,
): Promise<ImportRecord> {
  for (;;) {
    const carried = await slots(() => carryOut(database, id));
    if (carried.over) return carried.record;
    await pause(Math.min(carried.waitMs, longestWaitMs));
  }
}

/** Tries to queue an import. @returns undefined when it is queued. */
async function whyNotQueued(
  queue: Queue,
  id: string,
  carried: number | undefined,
): Promise<string | undefined> {
  let reason: string | undefined;
  const queued = enqueueImport(queue, id, carried).catch((error: unknown) => {
    reason = `the broker refused: ${error instanceof Error ? error.message : String(error)}`;
  });
  if (await isOverWithin(queued, enqueueDeadlineMs)) return reason;
  return `the broker did not answer within ${enqueueDeadlineMs} ms`;
}
