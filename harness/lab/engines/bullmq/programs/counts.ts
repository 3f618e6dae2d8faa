import type { Redis } from 'ioredis';

const lists = { waiting: 'wait', active: 'active', paused: 'paused' };
const sets = {
  delayed: 'delayed',
  prioritized: 'prioritized',
  completed: 'completed',
  failed: 'failed',
  'waiting-children': 'waiting-children',
};

/**
 * How many jobs of a queue are in which state, read from the keys themselves: a client of another version
 * would be part of what is observed.
 *
 * @param queue its name, with its prefix in front if that is not `bull`: `{app}:numbers`.
 */
export async function countBullmqJobs(
  redis: Redis,
  queue: string,
): Promise<Record<string, number>> {
  const prefix = queue.includes(':') ? queue : `bull:${queue}`;
  const counted = [
    ...Object.entries(lists).map(
      async ([state, key]) => [state, await redis.llen(`${prefix}:${key}`)] as const,
    ),
    ...Object.entries(sets).map(
      async ([state, key]) => [state, await redis.zcard(`${prefix}:${key}`)] as const,
    ),
  ];
  return Object.fromEntries(await Promise.all(counted));
}
