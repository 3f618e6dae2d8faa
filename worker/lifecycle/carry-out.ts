import type { PoolClient } from 'pg';
import { transactionOn, type Database } from '../database/open.ts';
import {
  isOver,
  readImport,
  type ImportProgress,
  type ImportRecord,
} from '../import/import-record.ts';
import { runImport } from '../import/run-import.ts';
import { attemptsAtMost, progressEveryMs } from '../settings.ts';
import { isPortfolioFree, leavePortfolio } from './portfolio-lock.ts';
import { settleTry } from './settle-try.ts';

export interface CarryOptions {
  /** Called now and then with how far the import is. */
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Aborted to give the import back: it is left as if this try had never begun. */
  readonly signal?: AbortSignal | undefined;
}

/** For how many milliseconds there is nothing to do, and why, unless others are just at work. */
interface Wait {
  readonly waitMs: number;
  readonly why: string | undefined;
}

/** An import that is over, or what to wait for. */
export type CarriedOut =
  { readonly over: true; readonly record: ImportRecord } | ({ readonly over: false } & Wait);

/** The import whose turn it is in a portfolio, as the holder of the portfolio's lock finds it. */
interface Next {
  readonly id: string;
  readonly state: 'waiting' | 'running';
  readonly attempts: number;
  readonly reason: string | null;
  /** Milliseconds until it may be tried again. */
  readonly waitMs: number;
  /** Whether the database was started anew since the last try began: then nobody is to blame for it. */
  readonly afterOutage: boolean;
}

/** How long a busy portfolio is left alone, in milliseconds, for each import before this one. */
const busyMs = 200;
const longestBusyMs = 10_000;

/**
 * Brings an import to its end: done, rejected, failed or cancelled. The imports of a portfolio are
 * run in the order of their acceptance, so those before this one are brought to their end first,
 * whoever else was to run them. While another process is at work in the portfolio, or an import in it
 * waits for its next try, nothing is waited for: the caller comes again.
 *
 * @throws Error when there is no such import, or the database went away. An outage is no attempt.
 * @throws the reason of the signal.
 */
export async function carryOut(
  database: Database,
  id: string,
  options: CarryOptions = {},
): Promise<CarriedOut> {
  for (;;) {
    options.signal?.throwIfAborted();
    const record = await readImport(database, id);
    if (!record) {
      throw new Error(`There is no import ${id} in this database. Is DATABASE_URL the right one?`);
    }
    if (isOver(record)) return { over: true, record };
    const wait = await database.onConnection((client) =>
      takeTurn(database, client, record, options),
    );
    if (wait) return { over: false, ...wait };
  }
}

/** Runs the import whose turn it is in the portfolio. @returns what to wait for instead. */
async function takeTurn(
  database: Database,
  client: PoolClient,
  { id, portfolio }: ImportRecord,
  options: CarryOptions,
): Promise<Wait | undefined> {
  if (!(await isPortfolioFree(client, portfolio))) {
    const waitMs = Math.min(busyMs * (1 + (await countBefore(client, id))), longestBusyMs);
    return { waitMs, why: undefined };
  }
  try {
    const next = await readNext(client, portfolio);
    if (!next) return undefined;
    if (next.waitMs > 0) {
      return { waitMs: Math.ceil(next.waitMs), why: `try ${next.attempts} failed: ${next.reason}` };
    }
    if (!(await begin(client, next))) return undefined;
    await tryOnce(
      database,
      client,
      next.id,
      next.id === id ? options : { ...options, onProgress: () => undefined },
    );
    return undefined;
  } finally {
    await leavePortfolio(client, portfolio);
  }
}

async function countBefore(client: PoolClient, id: string): Promise<number> {
  const counted = await client.query<{ before: number }>(
    `select count(*)::int as before from poolproof.imports as earlier
     join poolproof.imports as this on this.id = $1
     where earlier.portfolio = this.portfolio and earlier.number < this.number
       and earlier.state in ('waiting', 'running')`,
    [id],
  );
  return counted.rows[0]?.before ?? 0;
}

async function readNext(client: PoolClient, portfolio: string): Promise<Next | undefined> {
  const found = await client.query<Next>(
    `select id, state, attempts, reason,
       coalesce(greatest(0, extract(epoch from not_before - now()) * 1000), 0)::float as "waitMs",
       server_start is distinct from pg_postmaster_start_time() as "afterOutage"
     from poolproof.imports
     where portfolio = $1 and state in ('waiting', 'running') order by number limit 1`,
    [portfolio],
  );
  return found.rows[0];
}

/**
 * Notes that a try begins. One that is found running, although the lock is free, has lost its
 * process: that counts as a try that failed.
 * @returns false when there were too many, and the import has failed.
 */
async function begin(client: PoolClient, next: Next): Promise<boolean> {
  const died = next.state === 'running' && !next.afterOutage;
  const attempts = next.attempts + (died ? 1 : 0);
  if (attempts >= attemptsAtMost) {
    const last = next.reason === null ? '' : ` The last reason known: ${next.reason}`;
    await client.query(
      `update poolproof.imports
       set state = 'failed', attempts = $2, reason = $3, finished_at = now(), runner = null
       where id = $1 and state in ('waiting', 'running')`,
      [
        next.id,
        attempts,
        died ? `The process that ran it ended, ${attempts} times over.${last}` : next.reason,
      ],
    );
    return false;
  }
  const begun = await client.query(
    `update poolproof.imports
     set state = 'running', attempts = $2, runner = pg_backend_pid(), running_since = now(),
       server_start = pg_postmaster_start_time(), progress = null
     where id = $1 and state in ('waiting', 'running')`,
    [next.id, attempts],
  );
  return begun.rowCount === 1;
}

async function tryOnce(
  database: Database,
  client: PoolClient,
  id: string,
  { onProgress = () => undefined, signal }: CarryOptions,
): Promise<void> {
  const ending = endWhenAborted(database, id, signal);
  const tell = tellProgress(database, id, onProgress);
  const held: Database = {
    ...database,
    inTransaction: (work) =>
      transactionOn(client, async () => {
        const result = await work(client);
        await refuseClosed(client, id);
        return result;
      }),
  };
  try {
    await runImport(held, id, (progress) => {
      signal?.throwIfAborted();
      tell(progress);
    });
  } catch (error) {
    await settleTry(database, id, error, signal);
  } finally {
    ending[Symbol.dispose]();
  }
}

/** Its transaction has just written `done` over the state that a cancellation left. */
async function refuseClosed(client: PoolClient, id: string): Promise<void> {
  const closed = await client.query(
    'select from poolproof.imports where id = $1 and closed_at is not null',
    [id],
  );
  if (closed.rowCount !== 0) throw new Error('The import was cancelled while it ran.');
}

/** Ends the connection of a try when it is to be given back: some queries take longer than a stop may. */
function endWhenAborted(
  { pool }: Database,
  id: string,
  signal: AbortSignal | undefined,
): Disposable {
  const end = () => {
    pool
      .query('select pg_terminate_backend(runner) from poolproof.imports where id = $1', [id])
      .catch(() => undefined);
  };
  signal?.addEventListener('abort', end, { once: true });
  return {
    [Symbol.dispose]: () => {
      signal?.removeEventListener('abort', end);
    },
  };
}

/** Passes progress on, and to whoever asks for the import; seldom, since each time costs a round trip. */
function tellProgress(
  { pool }: Database,
  id: string,
  onProgress: (progress: ImportProgress) => void,
): (progress: ImportProgress) => void {
  let told = -Infinity;
  return (progress) => {
    if (performance.now() - told < progressEveryMs && progress.bytes < progress.totalBytes) return;
    told = performance.now();
    onProgress(progress);
    pool
      .query(`update poolproof.imports set progress = $2 where id = $1 and state = 'running'`, [
        id,
        JSON.stringify(progress),
      ])
      .catch(() => undefined);
  };
}
