import type { Cell } from '../../../catalog/evidence/schema.ts';
import type { Limits } from '../faults/limits.ts';
import type { Program } from '../platforms/platform.ts';

/** A value that travels through a broker. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export interface WorkerOptions {
  /** The module (Celery, default `tasks`) or file (BullMQ, default `worker.mjs`) of ./actors that defines the worker. */
  app?: string;
  /** Appended to the worker's command line. */
  args?: readonly string[];
  env?: Readonly<Record<string, string>>;
  /** So many jobs at once. Celery only; default 2, which is enough to show a pool at work. */
  concurrency?: number;
  /** The name in the log. Default: `worker`. */
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

type Start = Pick<Program, 'files' | 'arguments'> & Partial<Pick<Program, 'env'>>;

/** How an engine is driven from outside. */
export interface EnginePrograms {
  /** What its worker prints when it takes jobs. */
  readonly readyText: string;
  worker(cell: Cell, options: WorkerOptions): Start;
  /** A program that submits one job, awaits it and prints an `ObservedJob` without name as a line of JSON. */
  client(task: string, args: readonly Json[], deadlineMs: number): Start;
  /** What each of its programs gets in the environment, beside BROKER_URL. */
  env(brokerUrl: string): Record<string, string>;
}
