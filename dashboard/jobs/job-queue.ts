import type { Queue } from 'bullmq';
import { PostgresQueueBackend, RedisQueueBackend } from 'bullmq';

/** A queue whose jobs are read, as a directory of queues knows it. */
export interface JobQueue {
  readonly id: string;
  readonly name: string;
  /** As people read it. Default: its id. */
  readonly title?: string;
  readonly queue: Queue;
}

export function titleOf({ id, title }: JobQueue): string {
  return title ?? id;
}

/** What runs SQL in the schema of a queue. */
export type Ask = <Row extends object>(sql: string, values: readonly unknown[]) => Promise<Row[]>;

/** What runs a script of ours in the Redis of a queue. */
export interface Scripts {
  readonly keyOf: (type: string) => string;
  /** @param keys how many of the arguments are keys; they come first. */
  readonly run: (
    name: string,
    script: string,
    keys: number,
    values: readonly (string | number)[],
  ) => Promise<unknown>;
}

/** Where the jobs of a queue live, and how they are asked for. */
export type Store =
  | { readonly kind: 'redis'; readonly scripts: Scripts }
  /** `pool`: the same for queues of one schema, which one query can read together. */
  | { readonly kind: 'postgres'; readonly pool: object; readonly ask: Ask };

/** How long a broker may take to answer, in milliseconds. */
const deadlineMs = 10_000;

export async function storeOf({ queue }: JobQueue): Promise<Store> {
  const backend: unknown = queue.getBackend();
  if (backend instanceof PostgresQueueBackend) {
    await within(backend.waitUntilReady());
    const { pool } = backend.connection;
    const ask: Ask = async (sql, values) =>
      (await within(pool.query(sql, [...values]))).rows as never;
    return { kind: 'postgres', pool, ask };
  }
  if (!(backend instanceof RedisQueueBackend)) {
    throw new TypeError('expected a queue in Redis or PostgreSQL');
  }
  const client = await within(backend.client);
  const run: Scripts['run'] = (name, script, keys, values) => {
    if (!defined.has(client)) defined.set(client, new Set());
    const names = defined.get(client);
    if (!names?.has(name)) client.defineCommand(name, { numberOfKeys: keys, lua: script });
    names?.add(name);
    return within(client.runCommand(name, [...values]));
  };
  return { kind: 'redis', scripts: { keyOf: queue.toKey, run } };
}

/** The scripts that a connection knows; each is sent once. */
const defined = new WeakMap<object, Set<string>>();

async function within<Answer>(work: Promise<Answer>): Promise<Answer> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new Error(`the broker did not answer within ${deadlineMs / 1000} s`));
  }, deadlineMs);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
