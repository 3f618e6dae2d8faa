import type { Conditions } from '../../catalog/evidence/schema.ts';

export interface Repetition {
  /** How many rounds. */
  readonly repeat: number;
  /** Threads that keep the processor busy, in every other round. */
  readonly load: number;
  /** Of the orders in which runs take their turns. */
  readonly seed: number;
  /** How many runs go on at once in the first round. */
  readonly usually: number;
  /** Whether the broker bears but one run at a time. */
  readonly oneAtATime: boolean;
}

/**
 * The conditions of each round. What is repeated under the same conditions only shows that a machine is
 * as busy as it was: so rounds differ in how many runs go on at once (as usual, alone, twice as many),
 * in their order, and in the load beside them. The first is as it is without `--repeat`.
 */
export function conditionsOf({
  repeat,
  load,
  seed,
  usually,
  oneAtATime,
}: Repetition): Conditions[] {
  const crowds = oneAtATime ? [1] : [usually, 1, 2 * usually];
  return Array.from({ length: repeat }, (_, round) => ({
    atOnce: crowds[round % crowds.length] ?? usually,
    ...(round > 0 && { seed }),
    load: repeat === 1 || round % 2 === 1 ? load : 0,
  }));
}

/** `round 2 of 3: 1 at once, shuffled with --seed 42, load 4`: so that a round can be had again. */
export function describeRound(round: number, conditions: readonly Conditions[]): string {
  const { atOnce, seed, load } = conditions[round] ?? { atOnce: 1, load: 0 };
  const parts = [
    `${atOnce} at once`,
    seed === undefined ? 'in the order they come' : `shuffled with --seed ${seed}`,
    ...(load > 0 ? [`load ${load}`] : []),
  ];
  return `round ${round + 1} of ${conditions.length}: ${parts.join(', ')}`;
}
