import type { EventEmitter } from 'node:events';
import {
  PostgresConnection,
  PostgresQueueBackend,
  runMigrations,
  withBackend,
  type BackendFactory,
  type PostgresConnectionOptions,
  type PostgresPoolConfig,
  type Queue,
  type Worker,
} from 'bullmq';
import pg from 'pg';
import { hearErrors } from '../database/open.ts';
import { pause } from '../pause.ts';
import { postgresSchema, workerOptions } from '../settings.ts';
import type { Broker } from './connection.ts';
import { paceErrors } from './pace-errors.ts';

/** How long one connection may take, in milliseconds. Whoever cannot wait has a deadline of their own. */
const connectionTimeoutMillis = 5000;

/** How long to wait before a worker connects again, in milliseconds: doubled each time, up to the last. */
const firstDelayMs = 100;
const lastDelayMs = 2000;

/** An error of a connection that nobody hears ends the process: a server killed in that moment did. */
class HeardClient extends pg.Client {
  constructor(...args: ConstructorParameters<typeof pg.Client>) {
    super(...args);
    this.on('error', () => undefined);
  }
}

/**
 * BullMQ remembers that its first connection failed, and never tries again: a queue that was opened
 * too early is then of no use for ever, and a worker reports the same error as fast as it can.
 * This one tries again: at once and for as long as it takes for a worker, which has nothing else to
 * do; and for each caller once more for a queue, which must say soon that there is no broker.
 */
class PatientConnection extends PostgresConnection {
  readonly #keepsTrying: boolean;
  #ready: Promise<void> | undefined;

  constructor(connection: PostgresPoolConfig, keepsTrying: boolean) {
    super(connection);
    this.#keepsTrying = keepsTrying;
    hearErrors(this.pool as unknown as EventEmitter);
    // The connection that listens is made by this, and heard only a moment after it stands.
    Reflect.set(this, 'pgModule', { Client: HeardClient });
  }

  override async waitUntilReady(): Promise<void> {
    this.#ready ??= this.#connect().catch((error: unknown) => {
      this.#ready = undefined;
      throw error;
    });
    await this.#ready;
  }

  async #connect(): Promise<void> {
    for (let delayMs = firstDelayMs; ; delayMs = Math.min(2 * delayMs, lastDelayMs)) {
      try {
        await this.#migrate();
        setImmediate(() => this.emit('ready'));
        return;
      } catch (error) {
        if (!this.#keepsTrying || this.isClosing) throw error;
        if (this.listenerCount('error') > 0) this.emit('error', error);
      }
      await pause(delayMs);
    }
  }

  async #migrate(): Promise<void> {
    const client = await this.pool.connect();
    let failed = true;
    try {
      await runMigrations(client, this.schema);
      failed = false;
    } finally {
      client.release(failed);
    }
  }
}

const createBackend: BackendFactory<PostgresQueueBackend, PostgresConnectionOptions> = (
  name,
  options,
  { withBlockingConnection: isWorker = false } = {},
) => {
  const connection = new PatientConnection(options.connection as PostgresPoolConfig, isWorker);
  // The name by which a worker is found, as BullMQ's own factory gives it.
  const backend = new PostgresQueueBackend(
    connection,
    name,
    options,
    true,
    isWorker ? name : undefined,
  );
  if (isWorker) paceErrors(backend);
  return backend;
};

const Postgres = withBackend(createBackend);

/** Jobs in PostgreSQL, in a schema of our own, which is brought up to date when it connects. */
export function postgresBroker(url: string): Broker {
  const connection = { connectionString: url, connectionTimeoutMillis, schema: postgresSchema };
  return {
    openQueue: (name, onError) => {
      const queue = new Postgres.Queue(name, { connection });
      queue.on('error', onError);
      return {
        // Typed by their backend, which is nothing to those who use them.
        queue: queue as unknown as Queue,
        [Symbol.asyncDispose]: () => queue.close(),
      };
    },
    openWorker: (name, processor, options, onError) => {
      const worker = new Postgres.Worker(name, processor, {
        ...workerOptions,
        ...options,
        connection,
      });
      worker.on('error', onError);
      return {
        worker: worker as unknown as Worker,
        abandon: () => worker.disconnect(),
      };
    },
  };
}
