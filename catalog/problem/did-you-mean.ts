import { closest, distance } from 'fastest-levenshtein';

/** ` Did you mean "x"?` for the nearest known word, or nothing when none is near. */
export function didYouMean(got: string, known: readonly string[]): string {
  if (known.length === 0) return '';
  const nearest = closest(got, known);
  const near = distance(got, nearest) <= Math.max(2, Math.floor(nearest.length / 3));
  return near ? ` Did you mean "${nearest}"?` : '';
}
