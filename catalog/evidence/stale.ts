import type { Claim, Writeup } from '../writeup/schema.ts';
import type { Sources } from './digest.ts';
import type { Cell, Digests, Evidence } from './schema.ts';

const changed: Record<keyof Digests, string> = {
  setup: 'how it is run',
  scenario: 'the scenario',
  actors: 'an actor or what it loads',
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
  const now = sources.digestsOf({ slug, claim, cell, control });
  const keys = Object.keys(changed) as (keyof Digests)[];
  const differing = [
    ...(says === claim.says ? [] : ['the sentence']),
    ...keys.filter((key) => digests[key] !== now[key]).map((key) => changed[key]),
  ];
  if (differing.length === 0) return undefined;
  const words = new Intl.ListFormat('en', { type: 'conjunction' }).format(differing);
  return `${words} ${differing.length === 1 ? 'has' : 'have'} changed since`;
}
