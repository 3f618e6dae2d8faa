import os from 'node:os';
import type { Worker } from 'bullmq';
import { readWriteups } from '../catalog/writeup/read.ts';
import { brokerAt } from './broker/broker.ts';
import type { OnError } from './broker/connection.ts';
import { openReadyDatabase } from './database/ready.ts';
import { choosePool, type Refusing, type WorkerPool } from './pools/choose-pool.ts';
import { processorOf } from './pools/processor.ts';
import { importsQueue } from './queue/import-job.ts';
import { startUpkeep } from './queue/upkeep.ts';
import { announce } from './registry/announce.cjs';
import { cancelDeadlineMs, closeDeadlineMs, idleCloseDeadlineMs } from './settings.ts';
import { isOverWithin } from './within.ts';

export interface LiveWorkerOptions {
  /** redis://, rediss:// or postgres://: where the jobs are. */
  readonly brokerUrl: string;
  /** postgres://: where the files and the positions are. */
  readonly databaseUrl: string;
  /** Default: the best one that no write-up refuses on this platform. */
  readonly pool?: WorkerPool | undefined;
  /** Imports at once. Default: 1 in the solo pool, else one per processor core. */
  readonly concurrency?: number | undefined;
  /** Called with every error of the broker's; they come for as long as it is away. */
  readonly onError: OnError;
  /** Called while the database does not answer at first. Default: `onError`. */
  readonly onDatabaseDown?: OnError | undefined;
  /** Aborted to wait no longer for the database. */
  readonly signal?: AbortSignal | undefined;
  /** As `process.platform`, which is the default. */
  readonly platform?: string;
  /** Whose `refuses` count. Default: the write-ups of this project. */
  readonly writeups?: readonly Refusing[];
}

export interface LiveWorker extends AsyncDisposable {
  readonly pool: WorkerPool;
  readonly concurrency: number;
  /** BullMQ's own, for its events. */
  readonly worker: Worker;
}

/**
 * Starts a worker that imports portfolios. Disposal takes no new job, gives running ones 20 seconds
 * to finish and then 5 to be given back: an import that is given back leaves nothing behind, and the
 * next worker runs it at once.
 *
 * @throws BadInput when the pool is known to fail here, the broker URL is no broker's, or the database
 * refuses us. Database and broker may come later: the database is waited for, the broker is not.
 */
export async function startLiveWorker(options: LiveWorkerOptions): Promise<LiveWorker> {
  const { brokerUrl, databaseUrl, onError } = options;
  const pool = choosePool(
    options.pool,
    options.platform ?? process.platform,
    options.writeups ?? readWriteups(),
  );
  const concurrency = options.concurrency ?? (pool === 'solo' ? 1 : os.availableParallelism());
  const broker = brokerAt(brokerUrl);

  await using stack = new AsyncDisposableStack();
  // One connection for each import at once, and a few for what is looked up beside them.
  const database = stack.use(
    await openReadyDatabase(databaseUrl, {
      atOnce: concurrency + 2,
      onError: options.onDatabaseDown ?? onError,
      signal: options.signal,
    }),
  );
  const { queue } = stack.use(broker.openQueue(importsQueue, onError));
  stack.use(startUpkeep(database, queue, onError));
  const { processor, options: poolOptions } = processorOf(pool, database, databaseUrl);
  const { worker, abandon } = broker.openWorker(
    importsQueue,
    processor,
    { ...poolOptions, concurrency },
    onError,
  );
  // Never throws and never rejects; what it cannot tell of itself is one error to hear.
  stack.defer(announce(worker, { onError }));
  const isBusy = watchJobs(worker);
  stack.defer(() => (isBusy() ? closeBusy(worker, abandon) : closeIdle(worker, abandon)));

  const resources = stack.move();
  return {
    pool,
    concurrency,
    worker,
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

/** @returns whether jobs are running, whenever it is asked. */
function watchJobs(worker: Worker): () => boolean {
  let running = 0;
  worker.on('active', () => (running += 1));
  worker.on('completed', () => (running -= 1));
  worker.on('failed', () => (running -= 1));
  return () => running > 0;
}

/** BullMQ's close waits for ever: for jobs, and for a broker that is gone (taskforcesh/bullmq#4656). */
async function closeBusy(worker: Worker, abandon: () => Promise<void>): Promise<void> {
  const closed = worker.close();
  if (await isOverWithin(closed, closeDeadlineMs)) return;
  worker.cancelAllJobs('The worker is stopping.');
  if (await isOverWithin(closed, cancelDeadlineMs)) return;
  await isOverWithin(abandon(), cancelDeadlineMs);
}

/** Without a job there is nothing to wait for but a broker that may be gone. */
async function closeIdle(worker: Worker, abandon: () => Promise<void>): Promise<void> {
  if (await isOverWithin(worker.close(), idleCloseDeadlineMs)) return;
  await isOverWithin(abandon(), idleCloseDeadlineMs);
}
