import type { Outcome } from '../../catalog/verdict/outcome.ts';
import type { ShownVerdict } from '../../catalog/verdict/results.ts';

/** The class of styles/tones.css for a verdict. */
export type Tone =
  'works' | 'fails' | 'confirmed' | 'refuted' | 'unstable' | 'unknown' | 'stale' | 'not-run';

/**
 * The colour of a result. A run that was judged has that of what it came to, whether the sentence says so
 * or not; the sign beside it tells that. Without an outcome the colour is that of the verdict.
 */
export function toneOf(verdict: ShownVerdict, outcome?: Outcome): Tone {
  if (verdict === 'not run') return 'not-run';
  if (verdict === 'unstable' || verdict === 'unknown' || verdict === 'stale') return verdict;
  return outcome === undefined || outcome === 'unclear' ? verdict : outcome;
}
