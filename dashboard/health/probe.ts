import { once } from 'node:events';
import { reasonOf } from './reason.ts';

/** The write-up that explains what was found. */
export interface Explanation {
  readonly id: string;
  readonly title: string;
  /** Its page, where the docs are served. */
  readonly page: string;
}

/** Something that works and will not for long, or only in part. */
export interface Warning {
  readonly reason: string;
  readonly bug?: Explanation;
  /** The ids of the queues that it is about, of which each person is shown those they may see. */
  readonly queues?: readonly string[];
}

/** Whether one part answers and does what it is for, and if not, why. */
export type PartHealth =
  | {
      readonly status: 'up';
      readonly warnings?: readonly Warning[];
      readonly [fact: string]: unknown;
    }
  | { readonly status: 'down'; readonly reason: string; readonly bug?: Explanation };

/** Asks one part how it is. Never throws and never outlasts its deadline. */
export type Probe = () => Promise<PartHealth>;

interface ProbeOptions<Answer> {
  /** How long an answer may take, in milliseconds. Default: 1,000. */
  readonly deadlineMs?: number;
  /** What an answer means. Default: the part is up. */
  readonly judge?: (answer: Answer) => PartHealth;
  /** The write-up that explains why there is none. */
  readonly explain?: (reason: string) => Explanation | undefined;
}

/**
 * Turns a question into a probe: up when it is answered, down with the reason when it fails or is
 * not answered in time.
 * @param ask rejects when the part is down.
 */
export function createProbe<Answer>(
  ask: () => Promise<Answer>,
  { deadlineMs = 1000, judge, explain }: ProbeOptions<Answer> = {},
): Probe {
  let pending: Promise<Answer> | undefined;
  return async () => {
    // One question at a time: a part that hangs must not collect a question per poll.
    pending ??= ask().finally(() => (pending = undefined));
    try {
      const answer = await Promise.race([pending, failAfter(deadlineMs)]);
      return judge?.(answer) ?? { status: 'up' };
    } catch (error) {
      const reason = reasonOf(error);
      const bug = explain?.(reason);
      return { status: 'down', reason, ...(bug && { bug }) };
    }
  };
}

async function failAfter(deadlineMs: number): Promise<never> {
  await once(AbortSignal.timeout(deadlineMs), 'abort');
  throw new Error(`no answer within ${deadlineMs} ms`);
}
