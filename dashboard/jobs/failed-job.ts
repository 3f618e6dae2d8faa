import type { FailureText } from '../known-bugs/known-bugs.ts';

/** A failed job, without its data: data may be large, broken or secret, and says nothing of the error. */
export interface FailedJob {
  readonly id: string;
  readonly name: string;
  /** When it failed, in epoch milliseconds. */
  readonly failedAt: number;
  /** When it was added, in epoch milliseconds. */
  readonly addedAt: number;
  readonly attempts: number;
  readonly processedBy?: string;
  /** The error, shortened. */
  readonly failedReason: string;
  /** The frames of the last try, shortened; empty where there are none that can be read. */
  readonly stack: string;
}

/** The newest failed jobs of a queue. */
export interface FailedWindow {
  /** All failed jobs of the queue. */
  readonly failed: number;
  /** The newest of them, the newest first. Those whose job is gone from the broker are left out. */
  readonly jobs: readonly FailedJob[];
  /** The same for as long as no job failed, was retried or was removed. */
  readonly stamp: string;
}

/** One failed job with all that it tells of its failure. */
export interface WholeFailure extends FailedJob, FailureText {}

/** How much is read of an error and of its stacks, in characters. What is longer is cut, or not read. */
export const limits = {
  /** Of those that are listed. */
  reason: 600,
  stack: 1500,
  /** Longer values do not leave Redis: it would have to copy them whole. */
  readReason: 65_536,
  readStacks: 262_144,
} as const;

/** Why a job's error is not told: it is longer than what is read. */
export function tooLong(what: string, bytes: number): string {
  return `(${what} of ${Math.round(bytes / 1024)} KiB, which is too long to be read here)`;
}
