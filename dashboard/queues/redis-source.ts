import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { RedisAddress } from './broker-url.ts';
import { KeySweep, metaPattern, type SweepBudget } from './key-sweep.ts';
import type { Place } from './queue-id.ts';
import { conditionsOf } from './redis-conditions.ts';
import { RedisLink, type RedisClient } from './redis-client.ts';
import { RedisWorkers } from './redis-workers.ts';
import { isWanted, type QueueSource, type Wanted } from './source.ts';

/** What one look may take of each server: 100,000 keys, a quarter of a second. */
const defaultBudget: SweepBudget = { calls: 100, ms: 250 };

/**
 * How many calls a look takes once all was looked at: so many that it has been round again after twenty
 * looks, where that is no more than at first. Pages that are polled meanwhile wait for each of them.
 */
function laterCalls(keys: number): number {
  return Math.min(defaultBudget.calls, Math.max(20, Math.ceil(keys / 1000 / 20)));
}

/** The fields that BullMQ keeps of a queue: without one of them, a hash belongs to something else. */
const fields = ['version', 'opts.maxLenEvents', 'paused'] as const;

/**
 * The queues of a Redis server, of one that Sentinel names, or of a cluster; over one connection.
 * @param budget what one look may take of each server. A test may take less.
 */
export function redisSource(
  address: RedisAddress,
  wanted: Wanted,
  budget = defaultBudget,
): QueueSource {
  const link = new RedisLink(address);
  const workers = new RedisWorkers(() => link.nodes());
  const sweeps = new Map<string, KeySweep>();
  const known = new Map<string, Place>();
  const pattern = metaPattern(wanted.prefixes);
  let keys = 0;

  const stepOf = (sweep: KeySweep, node: Redis) =>
    sweep.step(node, pattern, sweep.complete ? { ...budget, calls: laterCalls(keys) } : budget);

  return {
    usualPrefix: 'bull',
    look: async () => {
      const client = await link.client();
      const nodes = await link.nodes();
      await forgetGone(client, known);
      const steps = nodes.map((node) => stepOf(sweepOf(sweeps, node), node));
      const found = (await Promise.all(steps)).flat().filter((place) => isWanted(wanted, place));
      const fresh = found.filter((place) => !known.has(metaKey(place)));
      for (const place of await thoseOfBullmq(client, fresh)) known.set(metaKey(place), place);
      keys = (await Promise.all(nodes.map((node) => node.dbsize()))).reduce((a, b) => a + b, 0);
      dropOthers(sweeps, nodes);
      return [...known.values()];
    },
    state: () => {
      const all = [...sweeps.values()];
      const complete = all.length > 0 && all.every((sweep) => sweep.complete);
      const looked = all.reduce((sum, sweep) => sum + sweep.looked, 0);
      const count = (number: number) => number.toLocaleString('en');
      return {
        complete,
        looked: complete
          ? `all keys, about ${count(keys)}`
          : `${count(Math.min(looked, keys))} of about ${count(keys)} keys`,
      };
    },
    open: async (place) => {
      const queue = new Queue(place.name, {
        connection: await link.client(),
        prefix: place.prefix,
        skipVersionCheck: true,
        // Looking at a queue must not write to it, least of all bring back one that was removed.
        skipMetasUpdate: true,
      });
      // The connection's errors once more, for each queue.
      queue.on('error', () => undefined);
      return { queue, workers: () => workers.of(place) };
    },
    ping: async () => {
      for (const node of await link.nodes()) await node.ping();
    },
    examine: async () => {
      const nodes = await link.nodes();
      const infos = await Promise.all(nodes.map((node) => node.info()));
      return infos.flatMap((info, index) =>
        conditionsOf(info, nodes.length > 1 ? addressOf(nodes[index]) : ''),
      );
    },
    [Symbol.asyncDispose]: () => link[Symbol.asyncDispose](),
  };
}

function metaKey({ prefix, name }: Place): string {
  return `${prefix}:${name}:meta`;
}

function addressOf(node: Redis | undefined): string {
  return node === undefined ? '' : `${node.options.host ?? ''}:${node.options.port ?? ''}`;
}

function sweepOf(sweeps: Map<string, KeySweep>, node: Redis): KeySweep {
  const address = addressOf(node);
  const sweep = sweeps.get(address) ?? new KeySweep();
  sweeps.set(address, sweep);
  return sweep;
}

/** Servers that left the cluster hold no keys that are still to be looked at. */
function dropOthers(sweeps: Map<string, KeySweep>, nodes: readonly Redis[]): void {
  const present = new Set(nodes.map(addressOf));
  for (const address of sweeps.keys()) if (!present.has(address)) sweeps.delete(address);
}

async function forgetGone(client: RedisClient, known: Map<string, Place>): Promise<void> {
  const keys = [...known.keys()];
  // Each on its own: in a cluster they lie in different slots.
  const present = await Promise.all(keys.map((key) => client.exists(key)));
  for (const [index, key] of keys.entries()) if (present[index] === 0) known.delete(key);
}

async function thoseOfBullmq(client: RedisClient, places: readonly Place[]): Promise<Place[]> {
  const values = await Promise.all(
    places.map((place) =>
      client.hmget(metaKey(place), ...fields).catch((error: unknown) => {
        if (String(error).includes('WRONGTYPE')) return [];
        throw error;
      }),
    ),
  );
  return places.filter((_place, index) => values[index]?.some((value) => value !== null));
}
