import { createHash, randomUUID } from 'node:crypto';
import { BroadcastChannel } from 'node:worker_threads';
import PQueue from 'p-queue';
import { z } from 'zod';

const message = z.strictObject({
  turn: z.string(),
  /** What is to be done, by a name that is the same in every round. */
  whose: z.string(),
  is: z.enum(['wanted', 'given', 'over']),
});

export interface Order {
  /** Names an order that is the same whoever asks first, in the place of every other. */
  readonly shuffle?: string | undefined;
  /** How long things will take, in milliseconds, by their names. The longest comes first. */
  readonly expectedMs?: ReadonlyMap<string, number>;
}

/** What takes an unknown time is begun before what is known to be short. */
const unknownMs = 20_000;

/**
 * Lets the threads of this process take turns: so many at once. Vitest limits each thread for itself
 * only, which leaves cores idle once a thread has most of what is left.
 *
 * @param name the threads ask by it, see `inTurn`. No two givers of a process may share one.
 * @param order among those that wait. Of what it says nothing about, whoever asks first comes first.
 */
export function giveTurns(name: string, atOnce: number, order: Order = {}): Disposable {
  const queue = new PQueue({ concurrency: atOnce });
  const ends = new Map<string, (how: unknown) => void>();
  const channel = new BroadcastChannel(name);
  channel.onmessage = ({ data }: { data: unknown }) => {
    const { turn, whose, is } = message.parse(data);
    if (is === 'over') ends.get(turn)?.(is);
    if (is !== 'wanted') return;
    const give = async () => {
      const { promise, resolve } = Promise.withResolvers<unknown>();
      ends.set(turn, resolve);
      channel.postMessage({ turn, whose, is: 'given' });
      await promise;
      ends.delete(turn);
    };
    void queue.add(give, { priority: priorityOf(whose, order) });
  };
  return {
    [Symbol.dispose]: () => {
      channel.close();
    },
  };
}

/** What is longest comes first: begun last, it would go on alone in the end. */
function priorityOf(whose: string, { shuffle, expectedMs }: Order): number {
  if (shuffle === undefined) return expectedMs?.get(whose) ?? unknownMs;
  return createHash('sha256').update(`${shuffle} ${whose}`).digest().readUInt32BE();
}

/**
 * Does something when its turn has come. Waits for ever when nobody gives turns of that name.
 *
 * @param whose a name of what is done, by which an order is shuffled.
 */
export async function inTurn<Outcome>(
  name: string,
  whose: string,
  task: () => Promise<Outcome>,
): Promise<Outcome> {
  const turn = randomUUID();
  const channel = new BroadcastChannel(name);
  const { promise, resolve } = Promise.withResolvers<unknown>();
  channel.onmessage = ({ data }: { data: unknown }) => {
    const said = message.parse(data);
    if (said.turn === turn && said.is === 'given') resolve(said);
  };
  try {
    channel.postMessage({ turn, whose, is: 'wanted' });
    await promise;
    return await task();
  } finally {
    channel.postMessage({ turn, whose, is: 'over' });
    channel.close();
  }
}
