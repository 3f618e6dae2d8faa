import { randomUUID } from 'node:crypto';
import { BroadcastChannel } from 'node:worker_threads';
import pLimit from 'p-limit';
import { z } from 'zod';

const message = z.strictObject({
  turn: z.string(),
  is: z.enum(['wanted', 'given', 'over']),
});

/**
 * Lets the threads of this process take turns: so many at once, whoever asks first comes first. Vitest
 * limits each thread for itself only, which leaves cores idle once a thread has most of what is left.
 *
 * @param name the threads ask by it, see `inTurn`. No two givers of a process may share one.
 */
export function giveTurns(name: string, atOnce: number): Disposable {
  const limit = pLimit(atOnce);
  const ends = new Map<string, (how: unknown) => void>();
  const channel = new BroadcastChannel(name);
  channel.onmessage = ({ data }: { data: unknown }) => {
    const { turn, is } = message.parse(data);
    if (is === 'over') ends.get(turn)?.(is);
    if (is !== 'wanted') return;
    void limit(async () => {
      const { promise, resolve } = Promise.withResolvers<unknown>();
      ends.set(turn, resolve);
      channel.postMessage({ turn, is: 'given' });
      await promise;
      ends.delete(turn);
    });
  };
  return {
    [Symbol.dispose]: () => {
      channel.close();
    },
  };
}

/** Does something when its turn has come. Waits for ever when nobody gives turns of that name. */
export async function inTurn<Outcome>(
  name: string,
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
    channel.postMessage({ turn, is: 'wanted' });
    await promise;
    return await task();
  } finally {
    channel.postMessage({ turn, is: 'over' });
    channel.close();
  }
}
