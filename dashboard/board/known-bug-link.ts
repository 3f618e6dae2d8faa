import type { ExternalJobUrl, QueueJobJson } from '@bull-board/api/dist/types.js';
import { pagePath } from '../../catalog/page.ts';
import { createMatcher } from '../../catalog/diagnose/matcher.ts';
import { shortTitle } from '../../catalog/writeup/short-title.ts';
import type { Writeup } from '../../catalog/writeup/schema.ts';
import { jobPagePath } from '../known-bugs/job-page.ts';

/**
 * The link that Bull Board shows beside a job: to the page of this failure, with the bug, its fix and
 * its verdict; of an error that nobody knows to the page on which it can be reported.
 * @param queue the id of its queue. Without it the link leads to the page of the bug, and there is
 *   none where the error is not known.
 */
export type KnownBugLink = (job: QueueJobJson, queue?: string) => ExternalJobUrl | undefined;

/**
 * Compiles the signatures once; the link is asked for each listed job on each poll.
 * @param docsUrl where the docs are served, without a slash at the end; empty for this address.
 */
export function createKnownBugLink(writeups: readonly Writeup[], docsUrl = ''): KnownBugLink {
  const matcher = createMatcher(writeups);
  return ({ id, failedReason, stacktrace }, queue) => {
    if (!failedReason) return undefined;
    const [best] = matcher.match([...(stacktrace ?? []), failedReason].join('\n'));
    const ownPage = queue !== undefined && id ? jobPagePath(queue, String(id)) : undefined;
    if (!best) return ownPage ? { href: ownPage, displayText: 'Unknown: report it →' } : undefined;
    const bug = best.writeup;
    const text = `${best.level === 'perhaps' ? 'Perhaps' : 'Known'}: ${bug.id}`;
    return {
      href: ownPage ?? `${docsUrl}${pagePath(bug.slug)}`,
      displayText: `${text} ${shortTitle(bug.title)} →`,
    };
  };
}
