import { BadInput } from '../../catalog/problem/bad-input.ts';
import { pause } from '../pause.ts';
import { isDatabaseDown } from './is-down.ts';
import { openDatabase, type Database, type DatabaseOptions } from './open.ts';
import { createSchema } from './schema.ts';

export interface ReadyOptions extends DatabaseOptions {
  /** Called each time that the database did not answer, with the reason. */
  readonly onError: (error: Error) => void;
  /** Aborted to wait no longer. */
  readonly signal?: AbortSignal | undefined;
}

/** How long to wait before it is asked again, in milliseconds: doubled each time, up to the last. */
const firstDelayMs = 100;
const lastDelayMs = 2000;

/** Error classes of PostgreSQL's that waiting does not change: no such user, password, database or right. */
const refusals = ['28', '3D', '42501'];

/**
 * Opens the database and brings its tables up to date. One that does not answer is waited for, as a
 * broker is: whatever starts processes may start this one first.
 *
 * @throws BadInput for a URL that is none, and where the database refuses us.
 * @throws the reason of the signal.
 */
export async function openReadyDatabase(url: string, options: ReadyOptions): Promise<Database> {
  const { onError, signal, ...rest } = options;
  refuseUrl(url);
  await using stack = new AsyncDisposableStack();
  const database = stack.use(openDatabase(url, rest));
  for (let delayMs = firstDelayMs; ; delayMs = Math.min(2 * delayMs, lastDelayMs)) {
    signal?.throwIfAborted();
    try {
      await createSchema(database);
      break;
    } catch (error) {
      if (!isDatabaseDown(error)) throw refusalOf(error, url) ?? error;
      onError(noAnswer(error, url));
    }
    await pause(delayMs, signal);
  }
  stack.move();
  return database;
}

const example = 'DATABASE_URL=postgres://user:password@127.0.0.1:5432/name';

function refuseUrl(url: string): void {
  const protocol = URL.canParse(url) ? new URL(url).protocol : '';
  if (protocol === 'postgres:' || protocol === 'postgresql:') return;
  throw new BadInput(
    `expected the URL of a PostgreSQL, got ${protocol === '' ? 'no URL' : protocol}. Try ${example}`,
  );
}

/** What to tell of a database that refuses us; undefined for any other error. */
function refusalOf(error: unknown, url: string): BadInput | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code } = error as { code?: unknown };
  if (typeof code !== 'string' || !refusals.some((start) => code.startsWith(start))) {
    return undefined;
  }
  return new BadInput(
    `expected to use the database at ${nameOf(url)}, got "${error.message}". Look at user, password and name in DATABASE_URL`,
  );
}

function noAnswer(error: unknown, url: string): Error {
  const reasons = error instanceof AggregateError ? error.errors : [error];
  const texts = reasons.map((one) => (one instanceof Error ? one.message : String(one)));
  return new Error(`no answer at ${nameOf(url)}, waiting for it: ${texts.join('; ')}`, {
    cause: error,
  });
}

/** Without its password. */
function nameOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}
