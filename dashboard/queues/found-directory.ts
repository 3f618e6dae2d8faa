import { pause } from '../../worker/pause.ts';
import { reasonOf } from '../health/reason.ts';
import type { BrokerAddress } from './broker-url.ts';
import type { KnownQueue, QueueDirectory } from './directory.ts';
import { postgresSource } from './postgres-source.ts';
import { queueId, queueTitle, type Place } from './queue-id.ts';
import { redisSource } from './redis-source.ts';
import type { QueueSource, Wanted } from './source.ts';

export interface FindOptions {
  readonly wanted?: Wanted;
  /** Which queue comes before the others. */
  readonly first?: Place;
  /** How long after a look the next one begins, in milliseconds. Default: 3,000; while not all was looked at, 50. */
  readonly everyMs?: number;
}

/** A directory that looks for queues as long as it is open, and what it looks in. */
export interface FoundDirectory extends QueueDirectory {
  readonly source: QueueSource;
}

/** How long after a look that failed the next one begins, in milliseconds. */
const afterFailureMs = 500;

/** Finds the queues of a broker, also one that is not there yet, and those that come and go later. */
export function findQueues(address: BrokerAddress, options: FindOptions = {}): FoundDirectory {
  const wanted = options.wanted ?? { prefixes: [], names: [] };
  const source =
    address.kind === 'postgres'
      ? postgresSource(address.url, wanted)
      : redisSource(address, wanted);
  const { everyMs = 3000, first } = options;
  const firstId = first && queueId(first, source.usualPrefix);
  const listeners = new Set<() => void>();
  const ended = new AbortController();
  let known: ReadonlyMap<string, KnownQueue> = new Map();
  let problem: string | undefined;

  const byTitle = new Intl.Collator('en', { numeric: true });
  const order = (a: KnownQueue, b: KnownQueue) =>
    Number(b.id === firstId) - Number(a.id === firstId) || byTitle.compare(a.title, b.title);

  const look = async () => {
    const places = await source.look();
    const next = new Map<string, KnownQueue>();
    for (const place of places) {
      const id = queueId(place, source.usualPrefix);
      const title = queueTitle(place, source.usualPrefix);
      next.set(id, known.get(id) ?? { ...place, id, title, ...(await source.open(place)) });
    }
    const before = known;
    known = new Map([...next].sort(([, a], [, b]) => order(a, b)));
    const gone = [...before.values()].filter(({ id }) => !next.has(id));
    const changed = gone.length > 0 || next.size !== before.size;
    if (changed) for (const listener of listeners) listener();
    await Promise.all(gone.map(({ queue }) => queue.close().catch(() => undefined)));
  };

  const run = async () => {
    while (!ended.signal.aborted) {
      try {
        await look();
        problem = undefined;
      } catch (error) {
        problem = reasonOf(error);
      }
      const waitMs = source.state().complete ? everyMs : 50;
      await pause(problem === undefined ? waitMs : afterFailureMs, ended.signal);
    }
  };
  const running = run();

  return {
    source,
    list: () => [...known.values()],
    find: (id) => known.get(id),
    onChange: (listener) => {
      listeners.add(listener);
      return { [Symbol.dispose]: () => void listeners.delete(listener) };
    },
    search: () => ({ ...source.state(), ...(problem !== undefined && { problem }) }),
    [Symbol.asyncDispose]: async () => {
      ended.abort();
      // A look that hangs ends with its connection.
      const closing = source[Symbol.asyncDispose]();
      await running;
      await closing;
    },
  };
}
