import type { Claim, Writeup } from '../writeup/schema.ts';
import type { Bisection } from './bisection.ts';
import type { Sources } from './digest.ts';
import type { Cell, Digests, Evidence } from './schema.ts';

const changed: Record<keyof Digests, string> = {
  setup: 'how it is run',
  scenario: 'the scenario',
  actors: 'an actor, or what it loads,',
  programs: 'a program of the harness that drives the engine',
  control: 'its control',
};

/**
 * Why evidence no longer speaks of what stands in the tree, in words (`the scenario has changed
 * since`), or undefined while it does.
 *
 * @param cell that of the claim as it stands: names of cells do not tell all of its set-up.
 */
export function whyStale(
  { slug, claims }: Pick<Writeup, 'slug' | 'claims'>,
  { claim, cell }: { readonly claim: Claim; readonly cell: Cell },
  { says, control: recorded, recordedFrom: { digests } }: Evidence,
  sources: Sources,
): string | undefined {
  const control = claims.find(({ id }) => id === claim.control);
  if (control?.id !== recorded.claim) {
    return 'its control has changed since';
  }
  return inWords(says !== claim.says, digests, sources.digestsOf({ slug, claim, cell, control }));
}

/** The same of a bisection, which no other claim controls. */
export function whyBisectionStale(
  { slug, claims }: Pick<Writeup, 'slug' | 'claims'>,
  { claim: id, cell, says, recordedFrom: { digests } }: Bisection,
  sources: Sources,
): string | undefined {
  const claim = claims.find((one) => one.id === id);
  if (claim === undefined) return 'the write-up has its claim no more';
  return inWords(says !== claim.says, digests, sources.bisectionDigestsOf({ slug, claim, cell }));
}

function inWords(
  isReworded: boolean,
  digests: Partial<Digests>,
  now: Partial<Digests>,
): string | undefined {
  const keys = Object.keys(changed) as (keyof Digests)[];
  const differing = [
    ...(isReworded ? ['the sentence'] : []),
    ...keys.filter((key) => digests[key] !== now[key]).map((key) => changed[key]),
  ];
  if (differing.length === 0) return undefined;
  const words = new Intl.ListFormat('en', { type: 'conjunction' }).format(differing);
  return `${words} ${differing.length === 1 ? 'has' : 'have'} changed since`;
}
