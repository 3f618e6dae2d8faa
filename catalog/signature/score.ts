import type { Sight } from './scanner.ts';

/** The doubt that one message leaves, by how it was seen, that it is a neighbour's. */
const doubt: Readonly<Record<Sight, number>> = { alone: 0.2, 'in context': 0.1, doubtful: 0.5 };

/**
 * How sure a match is, from 0 to 1: each different message seen leaves some doubt, and doubts
 * multiply. One message alone scores 0.8, one in its context 0.9, two alone 0.96. It orders matches of
 * one level; the level says what was seen.
 */
export function score(seen: readonly Sight[]): number {
  return round(1 - seen.reduce((rest, sight) => rest * doubt[sight], 1));
}

/** The score of a message that one of several bugs has printed: they share what one would have. */
export function sharedScore(candidates: number): number {
  return round((1 - doubt.doubtful) / candidates);
}

function round(score: number): number {
  return Math.round(score * 1000) / 1000;
}
