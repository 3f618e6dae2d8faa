import type { IQueueBackend } from 'bullmq';
import { pause } from '../pause.ts';

/** How long after a failed fetch the next one begins, in milliseconds. */
const paceMs = 500;

/**
 * Makes a worker wait after a fetch that failed. BullMQ waits where the broker refuses the connection,
 * and otherwise tries again at once: a wrong password was reported 600,000 times in eleven seconds.
 */
export function paceErrors(backend: Pick<IQueueBackend, 'moveToActive' | 'waitForJob'>): void {
  const moveToActive = backend.moveToActive.bind(backend);
  const waitForJob = backend.waitForJob.bind(backend);
  backend.moveToActive = (...args) => moveToActive(...args).catch(throwLater);
  backend.waitForJob = (...args) => waitForJob(...args).catch(throwLater);
}

async function throwLater(error: unknown): Promise<never> {
  await pause(paceMs);
  throw error;
}
