import { didYouMean } from '../../problem/did-you-mean.ts';
import type { Contradiction } from '../contradiction.ts';
import type { Path } from '../frontmatter.ts';

/** What is wrong with an id that must be one of those known. */
export function reference(
  path: Path,
  id: string,
  kind: string,
  known: readonly string[],
): Contradiction[] {
  if (known.includes(id)) return [];
  const there = known.length > 0 ? `There are: ${known.join(', ')}` : 'There is none.';
  const message = `expected the id of a ${kind} of this write-up, got "${id}".${didYouMean(id, known)} ${there}`;
  return [{ path, message }];
}
