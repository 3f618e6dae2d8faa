import { once } from 'node:events';
import { reasonOf } from './reason.ts';

/** Whether one part answers, and if not, why. */
type PartHealth = { readonly status: 'up' } | { readonly status: 'down'; readonly reason: string };

/** Asks one part how it is. Never throws and never outlasts its deadline. */
export type Probe = () => Promise<PartHealth>;

/**
 * Turns a question into a probe: up when it is answered, down with the reason when it fails or is
 * not answered in time.
 * @param ask rejects when the part is down.
 * @param deadlineMs how long an answer may take, in milliseconds.
 */
export function createProbe(ask: () => Promise<unknown>, deadlineMs = 1000): Probe {
  let pending: Promise<unknown> | undefined;
  return async () => {
    // One question at a time: a part that hangs must not collect a question per poll.
    pending ??= ask().finally(() => (pending = undefined));
    try {
      await Promise.race([pending, failAfter(deadlineMs)]);
      return { status: 'up' };
    } catch (error) {
      return { status: 'down', reason: reasonOf(error) };
    }
  };
}

async function failAfter(deadlineMs: number): Promise<never> {
  await once(AbortSignal.timeout(deadlineMs), 'abort');
  throw new Error(`no answer within ${deadlineMs} ms`);
}
