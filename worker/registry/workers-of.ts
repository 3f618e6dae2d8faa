import { randomUUID } from 'node:crypto';
import type { PostgresQueueBackend, Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { workerRecordSchema, type WorkerAction, type WorkerRecord } from './record.ts';

/** A worker that joined, as it was last heard of. */
export interface SeenWorker {
  readonly record: WorkerRecord;
  /** How long ago, in milliseconds, by the broker's clock. */
  readonly agoMs: number;
}

/** What the dashboard asks of a worker. */
export interface WorkerCommand {
  readonly action: WorkerAction;
  /** The job to cancel. */
  readonly job?: string;
}

/** How long a command waits for its worker, in milliseconds. Afterwards it is gone, and is never carried out. */
const commandExpiresMs = 15_000;

/** How many workers of one queue are read. */
const workersAtMost = 1000;

/**
 * The workers of a queue that joined the registry and have not left. A record that is not as records
 * are, written by another version say, is left out.
 */
export async function workersOf(queue: Queue): Promise<SeenWorker[]> {
  const pool = poolOf(queue);
  const rows = pool ? await readPostgres(pool, queue) : await readRedis(queue);
  return rows.flatMap(({ record, agoMs }) => {
    const parsed = workerRecordSchema.safeParse(record);
    return parsed.success ? [{ record: parsed.data, agoMs }] : [];
  });
}

/**
 * Leaves a command for a worker, which takes it with its next heartbeat: at most once, or never when
 * it expires before.
 * @returns the id under which the worker tells what became of it; undefined when one waits already.
 */
export async function sendCommand(
  queue: Queue,
  worker: string,
  command: WorkerCommand,
  expiresMs = commandExpiresMs,
): Promise<string | undefined> {
  const id = randomUUID();
  const json = JSON.stringify({ id, ...command });
  const pool = poolOf(queue);
  if (pool) {
    const { rowCount } = await pool.query(
      `insert into poolproof_registry.command as old (worker, command, expires_at)
       values ($1, $2, now() + $3 * interval '1 millisecond')
       on conflict (worker) do update set command = excluded.command, expires_at = excluded.expires_at
       where old.expires_at < now()`,
      [worker, json, expiresMs],
    );
    return rowCount === 1 ? id : undefined;
  }
  const client = await redisOf(queue);
  const key = queue.toKey(`poolproof:command:${worker}`);
  return (await client.set(key, json, 'PX', expiresMs, 'NX')) === 'OK' ? id : undefined;
}

interface Row {
  readonly record: unknown;
  readonly agoMs: number;
}

async function readRedis(queue: Queue): Promise<Row[]> {
  const client = await redisOf(queue);
  const list = queue.toKey('poolproof:workers');
  const ids = (await client.smembers(list)).slice(0, workersAtMost);
  if (ids.length === 0) return [];
  const pipeline = client.pipeline();
  for (const id of ids) {
    const key = queue.toKey(`poolproof:worker:${id}`);
    pipeline.get(key).pttl(key);
  }
  const answers = (await pipeline.exec()) ?? [];
  const gone: string[] = [];
  const rows = ids.flatMap((id, index) => {
    const json = answers[2 * index]?.[1];
    const leftMs = Number(answers[2 * index + 1]?.[1]);
    if (typeof json !== 'string' || leftMs < 0) {
      gone.push(id);
      return [];
    }
    const record = parse(json);
    const keepMs = Number((record as Partial<WorkerRecord> | undefined)?.keepMs);
    return [{ record, agoMs: Math.max(0, keepMs - leftMs) }];
  });
  // A replica refuses it; the list is put right by the next who reads it elsewhere.
  if (gone.length > 0) await client.srem(list, ...gone).catch(() => 0);
  return rows;
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

async function readPostgres(pool: Pool, queue: Queue): Promise<Row[]> {
  try {
    const { rows } = await pool.query(
      `select record, extract(epoch from now() - beat_at)::float8 * 1000 as ago
       from poolproof_registry.worker
       where schema = $1 and queue = $2 and beat_at > now() - keep_ms * interval '1 millisecond'
       order by id limit ${workersAtMost}`,
      [schemaOf(queue), queue.name],
    );
    return rows.map(({ record, ago }) => ({ record, agoMs: Math.max(0, Number(ago)) }));
  } catch (error) {
    // Nobody has joined yet, and so nobody has made the table.
    if ((error as { code?: string }).code === '42P01') return [];
    throw error;
  }
}

/** As much as is used of pg's. */
interface Pool {
  readonly query: (
    text: string,
    values: readonly unknown[],
  ) => Promise<{ rows: Record<string, unknown>[]; rowCount: number | null }>;
}

/** BullMQ has one backend or the other behind the same type. */
function postgresOf(queue: Queue) {
  return (queue.getBackend() as unknown as Partial<PostgresQueueBackend>).connection;
}

function poolOf(queue: Queue): Pool | undefined {
  return postgresOf(queue)?.pool as unknown as Pool | undefined;
}

function schemaOf(queue: Queue): string {
  return postgresOf(queue)?.schema ?? 'bullmq';
}

/** The dashboard's own connections are ioredis's, of which BullMQ's type names a part. */
async function redisOf(queue: Queue): Promise<Redis> {
  return (await queue.getBackend().client) as unknown as Redis;
}
