import type { Evidence, Verdict } from '../../catalog/evidence/schema.ts';

/** The class of styles/tones.css for a verdict. */
export type Tone = 'works' | 'fails' | 'confirmed' | 'refuted' | 'unstable' | 'unknown' | 'not-run';

/**
 * The colour of a result. A run that was judged has that of what it came to, whether the sentence says so
 * or not; the sign beside it tells that. Without an outcome the colour is that of the verdict.
 */
export function toneOf(verdict: Verdict, outcome?: Evidence['outcome']): Tone {
  if (verdict === 'not run') return 'not-run';
  if (verdict === 'unstable' || verdict === 'unknown') return verdict;
  return outcome === undefined || outcome === 'unclear' ? verdict : outcome;
}
