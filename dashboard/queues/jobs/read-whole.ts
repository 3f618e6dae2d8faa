import { RedisQueueBackend, type Queue } from 'bullmq';
import type { Redis } from 'ioredis';

/** The fields that may be too large to be sent with a list or a page. */
const fields = ['data', 'returnvalue', 'failedReason', 'stacktrace', 'opts', 'progress'] as const;

/**
 * Reads the large fields of a job as the broker holds them, whatever they are.
 * @returns undefined when there is no such job.
 */
export async function readWhole(queue: Queue, id: string): Promise<[string, string][] | undefined> {
  const backend: unknown = queue.getBackend();
  if (!(backend instanceof RedisQueueBackend)) {
    const json = await queue.getBackend().getJobData(id);
    if (json === undefined) return undefined;
    return fields.flatMap((name) => {
      const value: unknown = json[name];
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      return value === undefined ? [] : [[name, text]];
    });
  }
  const client = (await queue.getBackend().client) as unknown as Redis;
  const key = queue.toKey(id);
  if ((await client.exists(key)) === 0) return undefined;
  const values = await client.hmget(key, ...fields);
  return fields.flatMap((name, index) => {
    const value = values[index];
    return typeof value !== 'string' ? [] : [[name, value]];
  });
}
