import { createMatcher } from '../../catalog/diagnose/matcher.ts';
import { pagePath } from '../../catalog/page.ts';
import type { Writeup } from '../../catalog/writeup/schema.ts';
import type { Explanation } from './probe.ts';

/** Finds the write-ups that explain what is found of a broker. */
export interface Explainer {
  /** The write-up of an id, such as BUG-037. */
  readonly byId: (id: string | undefined) => Explanation | undefined;
  /** The write-up that knows an error by its text. */
  readonly byError: (reason: string) => Explanation | undefined;
}

/** @param docsUrl where the docs are served, without a slash at the end; empty for this address. */
export function createExplainer(writeups: readonly Writeup[], docsUrl = ''): Explainer {
  // Celery's workers meet the same errors, and what looks on here is BullMQ.
  const matcher = createMatcher(writeups.filter(({ engine }) => engine === 'bullmq'));
  const byId = new Map(writeups.map((writeup) => [writeup.id, writeup]));
  const explain = (writeup: Writeup | undefined) =>
    writeup && { id: writeup.id, title: writeup.title, page: docsUrl + pagePath(writeup.slug) };
  return {
    byId: (id) => explain(id === undefined ? undefined : byId.get(id)),
    byError: (reason) => explain(matcher.match(reason)[0]?.writeup),
  };
}
