import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { BrokerSample, Counted } from '../sample.ts';

/** How far back `recent` reaches, in milliseconds. */
export const recentMs = 300_000;
/** Active jobs of one queue that are looked at for their locks. */
const activeAtMost = 100;

/** The dashboard's own connections are ioredis's, of which BullMQ's type names a part. */
export async function redisOf(queue: Queue): Promise<Redis> {
  return (await queue.getBackend().client) as unknown as Redis;
}

/** Counts a queue in one round trip; two more where a job seems to have lost its lock. */
export async function readRedisQueue(queue: Queue, now: number): Promise<Counted> {
  const client = await redisOf(queue);
  const key = (type: string) => queue.toKey(type);
  const pipeline = client.pipeline();
  pipeline.llen(key('wait'));
  pipeline.llen(key('paused'));
  pipeline.zcard(key('prioritized'));
  pipeline.llen(key('active'));
  pipeline.zcard(key('delayed'));
  pipeline.zcard(key('failed'));
  pipeline.zcard(key('completed'));
  pipeline.zcount(key('failed'), now - recentMs, '+inf');
  pipeline.zcount(key('completed'), now - recentMs, '+inf');
  pipeline.hexists(key('meta'), 'paused');
  pipeline.lindex(key('wait'), -1);
  pipeline.lrange(key('active'), 0, activeAtMost - 1);
  const answers = ((await pipeline.exec()) ?? []).map(([error, value]) => {
    if (error) throw error;
    return value;
  });
  const count = (index: number) => Number(answers[index]);
  const oldest = answers[10];
  return {
    isPaused: count(9) === 1,
    waiting: count(0) + count(1) + count(2),
    active: count(3),
    delayed: count(4),
    failed: count(5),
    completed: count(6),
    recent: { failed: count(7), completed: count(8) },
    oldestWaitingSeconds: typeof oldest === 'string' ? await ageOf(client, key(oldest), now) : 0,
    stalled: await countWithoutLock(client, key, answers[11] as string[]),
  };
}

async function ageOf(client: Redis, job: string, now: number): Promise<number> {
  const [timestamp, delay] = await client.hmget(job, 'timestamp', 'delay');
  const due = Number(timestamp) + Number(delay ?? 0);
  return due > 0 ? Math.max(0, (now - due) / 1000) : 0;
}

/** An active job has a lock from the moment it is taken; one that ends meanwhile is active no more. */
async function countWithoutLock(
  client: Redis,
  key: (type: string) => string,
  active: readonly string[],
): Promise<number> {
  if (active.length === 0) return 0;
  const pipeline = client.pipeline();
  for (const id of active) pipeline.exists(key(`${id}:lock`));
  const answers = (await pipeline.exec()) ?? [];
  const without = active.filter((_id, index) => answers[index]?.[1] === 0);
  if (without.length === 0) return 0;
  const still = new Set(await client.lrange(key('active'), 0, -1));
  return without.filter((id) => still.has(id)).length;
}

/** What Redis or Valkey says of itself; of a cluster the node that is asked. */
export async function readRedisBroker(queue: Queue): Promise<BrokerSample> {
  const text = await (await redisOf(queue)).info();
  const field = (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(text)?.[1] ?? '';
  const keys = [...text.matchAll(/^db\d+:keys=(\d+)/gm)];
  return {
    usedBytes: Number(field('used_memory')),
    limitBytes: Number(field('maxmemory')),
    policy: field('maxmemory_policy'),
    evictedKeys: Number(field('evicted_keys')),
    keys: keys.reduce((sum, [, of]) => sum + Number(of), 0),
    connections: Number(field('connected_clients')),
    rejectedConnections: Number(field('rejected_connections')),
  };
}
