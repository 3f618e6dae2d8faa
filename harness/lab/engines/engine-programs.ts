import type { Redis } from 'ioredis';
import type { Cell } from '../../../catalog/evidence/schema.ts';
import type { Limits } from '../faults/limits.ts';

/** A value that travels through a broker. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** What a job is given: a list of arguments, or values by name (Celery: kwargs; BullMQ: the job's data as it is). */
export type JobArguments = readonly Json[] | Readonly<Record<string, Json>>;

export interface WorkerOptions {
  /** The module (Celery, default `tasks`) or file (BullMQ, default `worker.mjs`) of ./actors that defines the worker. */
  app?: string;
  /** Appended to the worker's command line. */
  args?: readonly string[];
  /** Options of the interpreter, before everything else: `['--max-old-space-size=64']`, `['-X', 'dev']`. */
  flags?: readonly string[];
  env?: Readonly<Record<string, string>>;
  /** So many jobs at once. Celery only; default 2, which is enough to show a pool at work. */
  concurrency?: number;
  /** The name in the log, and of a Celery worker also its node name, `name@host`. Default: `worker`. */
  name?: string;
  /** What to wait for. Default: `ready`. Either way an exit or the deadline ends the wait. */
  until?: 'ready' | 'exit';
  /** Leaves `--pool` to the app's own settings. Celery only; default false. */
  poolFromSettings?: boolean;
  /** What it may use, with its children. Default: whatever there is. */
  limits?: Limits;
  /** How long to wait for `until`. Default: 30 s, under Wine 90 s. */
  deadlineMs?: number;
}

/** How a job is sent. The names are those of the engine's own API, the values travel as JSON. */
export interface SendOptions {
  /**
   * Of the job. Celery: what `send_task` takes, such as `countdown`, `eta` and `expires` (ISO 8601 or
   * seconds), `queue`, `retry`, `headers`, `task_id`. BullMQ: what `queue.add` takes, such as `delay`,
   * `attempts`, `backoff`, `jobId`, `priority`, `removeOnComplete`, `repeat`; and `scheduler: { id, every }`,
   * which is given to `upsertJobScheduler` instead.
   */
  options?: Readonly<Record<string, Json>>;
  /** Of the client. Celery: settings of its app. BullMQ: options of its Queue, such as `prefix` or `connection`. */
  client?: Readonly<Record<string, Json>>;
}

/** What the engine's client program is asked to do. */
export interface ClientRequest extends SendOptions {
  /** `module.task` or `queue.job`. */
  readonly task: string;
  /** `submit` sends and awaits, `add` sends, `await` waits for the job of this id. */
  readonly ask: 'submit' | 'add' | 'await';
  /** One job each. */
  readonly jobs: readonly JobArguments[];
  readonly id?: string;
  readonly deadlineMs: number;
}

/** What stands on the command line of a client: the task, its arguments, the deadline in seconds, and the rest as JSON. */
export function clientArguments({ task, jobs, deadlineMs, ...rest }: ClientRequest): string[] {
  const { ask, id, options, client } = rest;
  const more = {
    ...(ask !== 'submit' && { ask }),
    ...(jobs.length > 1 && { bulk: true }),
    ...(id !== undefined && { id }),
    ...(options && { options }),
    ...(client && { client }),
  };
  return [
    task,
    JSON.stringify(jobs.length > 1 ? jobs : (jobs[0] ?? [])),
    `${deadlineMs / 1000}`,
    ...(Object.keys(more).length > 0 ? [JSON.stringify(more)] : []),
  ];
}

/** A program of an engine to start. */
interface Start {
  /** Files that must lie in the work folder beside the actors. */
  readonly files?: readonly string[];
  /** The arguments of the engine's interpreter. */
  readonly arguments: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** What each program of an engine is started with so that it finds its broker. */
interface BrokerSettings {
  /** Beside BROKER_URL. */
  readonly env: Readonly<Record<string, string>>;
  /** Options of the interpreter. */
  readonly flags?: readonly string[];
  readonly files?: readonly string[];
}

/** How an engine is driven from outside. */
export interface EnginePrograms {
  /** What its worker prints when it takes jobs. */
  readonly readyText: string;
  /** What its worker prints when a job has failed; it may do so after the client has heard of it. */
  readonly failedText: RegExp;
  worker(cell: Cell, options: WorkerOptions): Start;
  /**
   * A program that sends jobs. It prints lines of JSON: `{"ids": […]}` once the broker has them, then, if
   * it awaits one, an `ObservedJob` without its name.
   */
  client(request: ClientRequest): Start;
  forBroker(brokerUrl: string): BrokerSettings;
  /** How many jobs of a queue are in which state, by the engine's own names of the states. */
  counts(redis: Redis, queue: string): Promise<Record<string, number>>;
}
