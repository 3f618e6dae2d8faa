import { BadInput } from '../problem/bad-input.ts';
import { didYouMean } from '../problem/did-you-mean.ts';
import type { Writeup } from './schema.ts';

/**
 * Finds the write-up that a person means by `2`, `002`, `BUG-002`, or its slug.
 *
 * @throws BadInput with the nearest name, and what there is, when none is meant.
 */
export function findWriteup(writeups: readonly Writeup[], name: string): Writeup {
  const wanted = name.trim().toLowerCase();
  const id = `BUG-${wanted.replace(/^bug-/, '').padStart(3, '0')}`;
  const found = writeups.find((writeup) => writeup.slug === wanted || writeup.id === id);
  if (found) return found;
  const known = writeups.flatMap((writeup) => [writeup.id, writeup.slug]);
  const ids = writeups.map((writeup) => writeup.id).join(', ');
  throw new BadInput(
    `expected a bug such as 002, BUG-002 or its slug, got "${name}".${didYouMean(name, known)}\nThere are: ${ids}. For their titles type: poolproof list`,
  );
}
