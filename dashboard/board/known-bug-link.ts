import type { ExternalJobUrl, QueueJobJson } from '@bull-board/api/dist/types.js';
import { pagePath } from '../../catalog/page.ts';
import { createMatcher } from '../../catalog/diagnose/matcher.ts';
import type { Writeup } from '../../catalog/writeup/schema.ts';

/** The link that Bull Board shows beside a job; none when its error is not known. */
export type KnownBugLink = (job: QueueJobJson) => ExternalJobUrl | undefined;

/**
 * Compiles the signatures once; the link is asked for each listed job on each poll.
 * @param docsUrl where the docs are served, without a slash at the end; empty for this address.
 */
export function createKnownBugLink(writeups: readonly Writeup[], docsUrl = ''): KnownBugLink {
  const matcher = createMatcher(writeups);
  return ({ failedReason, stacktrace }) => {
    if (!failedReason) return undefined;
    const [best] = matcher.match([...(stacktrace ?? []), failedReason].join('\n'));
    if (!best) return undefined;
    const { id, slug } = best.writeup;
    const word = best.level === 'perhaps' ? 'Perhaps' : 'Known';
    return { href: `${docsUrl}${pagePath(slug)}`, displayText: `${word}: ${id} →` };
  };
}
