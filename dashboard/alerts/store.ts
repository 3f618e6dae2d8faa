import type { Queue } from 'bullmq';
import { z } from 'zod';
import { postgresPoolOf } from '../detectors/measure/postgres.ts';
import { redisOf } from '../detectors/measure/redis.ts';

const shownBugSchema = z.object({
  bug: z.string(),
  title: z.string(),
  page: z.string(),
  fix: z.string(),
  allSeen: z.boolean(),
});

/** An alert as it is kept where all dashboards of a broker find it, sent, and shown. */
export const keptAlertSchema = z.object({
  /** The same in each message about it: what a receiver tells repetitions by. */
  id: z.string(),
  detector: z.string(),
  title: z.string(),
  subject: z.string(),
  name: z.string(),
  queue: z.string().optional(),
  state: z.enum(['firing', 'resolved']),
  since: z.number(),
  firedAt: z.number(),
  resolvedAt: z.number().optional(),
  value: z.number(),
  unit: z.string(),
  says: z.string(),
  bugs: z.array(shownBugSchema),
});

export type KeptAlert = z.output<typeof keptAlertSchema>;

/** How long an alert that nobody resolves is kept, in milliseconds, and how many that are over. */
const openMs = 30 * 86_400_000;
const recentAtMost = 200;

/**
 * The state of alerts that all dashboards share. Changing it is the claim to send: of several that see
 * the same, one is told that it changed it.
 */
export interface AlertStore {
  /** @returns whether this call made it fire. False where it fires, or fired lately and cools down. */
  readonly fire: (name: string, alert: KeptAlert) => Promise<boolean>;
  /** @returns the alert as it fired, if this call ended it; it cannot fire again for a while. */
  readonly resolve: (name: string, at: number, coolMs: number) => Promise<KeptAlert | undefined>;
  /** Those that fire, by their names, also from before a restart. */
  readonly open: () => Promise<Map<string, KeptAlert>>;
  /** The newest that are over. */
  readonly recent: () => Promise<KeptAlert[]>;
}

/** Keeps alerts beside the queues. */
export function openAlertStore(queue: Queue): AlertStore {
  const pool = postgresPoolOf(queue);
  return pool ? onPostgres(pool) : onRedis(queue);
}

function onRedis(queue: Queue): AlertStore {
  // Not below a queue: alerts are of the whole broker. Each name is one key, for clusters.
  const key = (name: string) => `poolproof:alerts:state:${name}`;
  const names = 'poolproof:alerts:open';
  const over = 'poolproof:alerts:recent';
  return {
    fire: async (name, alert) => {
      const client = await redisOf(queue);
      const set = await client.set(key(name), JSON.stringify(alert), 'PX', openMs, 'NX');
      if (set === 'OK') await client.sadd(names, name);
      return set === 'OK';
    },
    resolve: async (name, at, coolMs) => {
      const client = await redisOf(queue);
      // Whoever reads it as firing in the same step in which it is replaced has ended it.
      const answers = await client
        .multi()
        .get(key(name))
        .set(key(name), 'resolved', 'PX', Math.max(1, Math.round(coolMs)), 'XX')
        .exec();
      const alert = parse(answers?.[0]?.[1]);
      if (!alert) return undefined;
      await client.srem(names, name);
      await client.lpush(over, JSON.stringify({ ...alert, state: 'resolved', resolvedAt: at }));
      await client.ltrim(over, 0, recentAtMost - 1);
      return alert;
    },
    open: async () => {
      const client = await redisOf(queue);
      const found = new Map<string, KeptAlert>();
      for (const name of await client.smembers(names)) {
        const alert = parse(await client.get(key(name)));
        if (alert) found.set(name, alert);
        else await client.srem(names, name);
      }
      return found;
    },
    recent: async () => {
      const client = await redisOf(queue);
      const texts = await client.lrange(over, 0, recentAtMost - 1);
      return texts.flatMap((text) => parse(text) ?? []);
    },
  };
}

const create = `
select pg_advisory_xact_lock(7065020002);
create schema if not exists poolproof_registry;
create table if not exists poolproof_registry.alert (
  name text primary key,
  alert jsonb not null,
  firing boolean not null,
  cools_until timestamptz
);
create table if not exists poolproof_registry.past_alert (
  number bigint generated always as identity primary key,
  alert jsonb not null
);
`;

function onPostgres(pool: NonNullable<ReturnType<typeof postgresPoolOf>>): AlertStore {
  let made: Promise<unknown> | undefined;
  const query = async (text: string, values: readonly unknown[] = []) => {
    // Several statements at once are sent without values.
    made ??= pool.query(create).catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    await made;
    return pool.query(text, values);
  };
  return {
    fire: async (name, alert) => {
      const { rows } = await query(
        `insert into poolproof_registry.alert as old (name, alert, firing) values ($1, $2, true)
         on conflict (name) do update set alert = excluded.alert, firing = true, cools_until = null
         where not old.firing and old.cools_until < now() returning name`,
        [name, JSON.stringify(alert)],
      );
      return rows.length === 1;
    },
    resolve: async (name, at, coolMs) => {
      const { rows } = await query(
        `update poolproof_registry.alert
         set firing = false, cools_until = now() + $2 * interval '1 millisecond'
         where name = $1 and firing returning alert`,
        [name, Math.round(coolMs)],
      );
      const alert = parse(rows[0]?.alert);
      if (!alert) return undefined;
      await query(
        `with added as (
           insert into poolproof_registry.past_alert (alert) values ($1) returning number
         )
         delete from poolproof_registry.past_alert where number < (select number from added) - $2`,
        [JSON.stringify({ ...alert, state: 'resolved', resolvedAt: at }), recentAtMost],
      );
      return alert;
    },
    open: async () => {
      const { rows } = await query(
        'select name, alert from poolproof_registry.alert where firing order by name limit 1000',
      );
      return new Map(
        rows.flatMap(({ name, alert }) => {
          const parsed = parse(alert);
          return parsed ? [[String(name), parsed] as const] : [];
        }),
      );
    },
    recent: async () => {
      const { rows } = await query(
        `select alert from poolproof_registry.past_alert order by number desc limit ${recentAtMost}`,
      );
      return rows.flatMap(({ alert }) => parse(alert) ?? []);
    },
  };
}

/** What another version wrote, or `resolved`, is no alert. */
function parse(value: unknown): KeptAlert | undefined {
  try {
    const parsed: unknown = typeof value === 'string' ? JSON.parse(value) : value;
    return keptAlertSchema.safeParse(parsed).data;
  } catch {
    return undefined;
  }
}
