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

/**
 * Lets the threads of this process take turns: so many at once. Vitest limits each thread for itself
 * only, which leaves cores idle once a thread has most of what is left.
 *
 * @param name the threads ask by it, see `inTurn`. No two givers of a process may share one.
 * @param shuffle names an order among those that wait. Absent: whoever asks first comes first.
 */
export function giveTurns(name: string, atOnce: number, shuffle?: string): Disposable {
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
    void queue.add(give, { priority: priorityOf(whose, shuffle) });
  };
  return {
    [Symbol.dispose]: () => {
      channel.close();
    },
  };
}

/** The same shuffle puts the same things in the same order, whoever asks first. */
function priorityOf(whose: string, shuffle: string | undefined): number {
  if (shuffle === undefined) return 0;
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
