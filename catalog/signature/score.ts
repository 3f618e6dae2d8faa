import type { Signature } from '../writeup/schema.ts';

/** The doubt that one message leaves, alone and in its context, that it is a neighbour's. */
const doubt = { alone: 0.2, inContext: 0.1 };

/**
 * How sure a match is, from 0 to 1: each different signature seen leaves some doubt, and doubts
 * multiply. One message alone scores 0.8, one in its context 0.9, two alone 0.96.
 */
export function score(seen: readonly Signature[]): number {
  const left = seen.reduce(
    (rest, { near }) => rest * (near.length > 0 ? doubt.inContext : doubt.alone),
    1,
  );
  return Math.round((1 - left) * 1000) / 1000;
}
