import type { Redis } from 'ioredis';

/** kombu keeps each of its four priorities in a list of its own; the first has the name of the queue. */
const priorities = ['', '\x06\x163', '\x06\x166', '\x06\x169'];

/** How many tasks wait in a queue, and how many workers hold without having acknowledged them (of all queues). */
export async function countCeleryTasks(
  redis: Redis,
  queue: string,
): Promise<Record<string, number>> {
  const waiting = await Promise.all(
    priorities.map((priority) => redis.llen(`${queue}${priority}`)),
  );
  return {
    waiting: waiting.reduce((sum, length) => sum + length, 0),
    unacknowledged: await redis.hlen('unacked'),
  };
}
