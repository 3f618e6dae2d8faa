import { isDeepStrictEqual } from 'node:util';
import type { Observation, ObservedJob } from '../evidence/schema.ts';
import type { outcomes } from '../writeup/expanded.ts';

/** What a run came to; `unclear` where it shows nothing either way. */
export type Outcome = (typeof outcomes)[number] | 'unclear';

export interface RunOutcome {
  readonly outcome: Outcome;
  readonly reason: string;
}

/**
 * Whether a run worked: every job completed with the result expected, and no actor ended badly by
 * itself. A run in which no job was submitted shows nothing either way.
 */
export function outcomeOf({ jobs, exits }: Observation): RunOutcome {
  if (jobs.length === 0) return { outcome: 'unclear', reason: 'no job was submitted' };
  const amiss = [
    ...jobs.flatMap((job) => whatIsAmiss(job) ?? []),
    ...exits
      .filter(({ code, signal }) => code !== 0 || signal !== null)
      .map(({ actor, code, signal }) => `${actor} ended with ${signal ?? `code ${code ?? '?'}`}`),
  ];
  return amiss.length === 0
    ? { outcome: 'works', reason: `${jobs.length} of ${jobs.length} jobs completed` }
    : { outcome: 'fails', reason: amiss.join('; ') };
}

function whatIsAmiss(job: ObservedJob): string | undefined {
  const { name, state, result, expected, error, givenUp } = job;
  if (state === 'pending') {
    if (givenUp !== undefined) return `${name} had not completed when ${givenUp}`;
    return `${name} never completed${error === undefined ? '' : `: ${error}`}`;
  }
  if (state === 'failed') return `${name} failed${error === undefined ? '' : `: ${error}`}`;
  if (isDeepStrictEqual(result, expected)) return undefined;
  return `${name} returned ${JSON.stringify(result)}, not ${JSON.stringify(expected)}`;
}
