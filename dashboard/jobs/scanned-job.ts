/** The states in which jobs are looked for, the likeliest first. */
export const states = [
  'failed',
  'active',
  'waiting',
  'delayed',
  'prioritized',
  'waiting-children',
  'completed',
] as const;
export type State = (typeof states)[number];

/** A job as a search sees it. Times are epoch milliseconds. */
export interface ScannedJob {
  readonly id: string;
  readonly name: string;
  readonly state: State;
  readonly addedAt: number;
  /** When it completed or failed. */
  readonly finishedAt?: number;
  readonly attempts: number;
  /** Shortened; empty where it has not failed. */
  readonly failedReason: string;
  /** The data as JSON, where it was asked for and is no longer than the limit. */
  readonly data?: string;
  readonly dataBytes: number;
}

/** A part of the jobs of a queue in a state. */
export interface Slice {
  /** How many there are. */
  readonly total: number;
  readonly jobs: readonly ScannedJob[];
}

/** Where a slice begins and how long it is. */
export interface Range {
  readonly start: number;
  readonly length: number;
}

/** Data longer than this is not read, in bytes; it is told of how many jobs that was. */
export const longestData = 65_536;
export const longestReason = 300;
