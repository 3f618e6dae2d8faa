import type { Cell } from '../../catalog/evidence/schema.ts';
import type { Program } from '../platforms/platform.ts';
import type { Json, WorkerOptions } from '../scenario/run.ts';

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
