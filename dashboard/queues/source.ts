import type { KnownQueue, SearchState } from './directory.ts';
import type { Place, UsualPrefix } from './queue-id.ts';

/** Which queues somebody wants to see. Both empty: all. */
export interface Wanted {
  readonly prefixes: readonly string[];
  readonly names: readonly string[];
}

/** Whether somebody wants to see the queue of a place. */
export function isWanted({ prefixes, names }: Wanted, { prefix, name }: Place): boolean {
  return (
    (prefixes.length === 0 || prefixes.includes(prefix)) &&
    (names.length === 0 || names.includes(name))
  );
}

/** How the broker is, beyond that it answers. */
export interface Condition {
  /** down: jobs cannot be added or taken. warning: they can, and something will go wrong. */
  readonly level: 'down' | 'warning';
  /** What was found and what follows from it. */
  readonly reason: string;
  /** The write-up that explains it, such as BUG-037. */
  readonly bug?: string;
}

/** A queue that was opened, and what was found out about its workers. */
type Opened = Pick<KnownQueue, 'queue' | 'workers'>;

/** Where queues are found and opened: Redis, a cluster of it, or PostgreSQL. */
export interface QueueSource extends AsyncDisposable {
  readonly usualPrefix: UsualPrefix;
  /**
   * Looks a little further, for a bounded time. @returns the places of all queues known by now.
   * @throws when the broker does not answer.
   */
  readonly look: () => Promise<readonly Place[]>;
  readonly state: () => Omit<SearchState, 'problem'>;
  readonly open: (place: Place) => Promise<Opened>;
  /** Asks the broker how it is. @throws when it does not answer. */
  readonly examine: () => Promise<readonly Condition[]>;
  /** Asks for the least that shows that it answers. @throws when it does not. */
  readonly ping: () => Promise<void>;
}
