import type { HistoryLookup } from '../diagnose/diagnosis.ts';
import { pagePath } from '../page.ts';
import type { Writeup } from '../writeup/schema.ts';
import { applyRule, type Applied } from './apply-rule.ts';
import type { Facts } from './facts.ts';
import type { Reason } from './package-condition.ts';

/** A bug that applies to what was seen, before it happens. */
export interface ExpectedBug {
  readonly bug: string;
  readonly slug: string;
  readonly title: string;
  /** `sure`: what was seen is enough for the failure. `perhaps`: it needs something that cannot be seen. */
  readonly level: Applied['level'];
  /** What was seen, and where. */
  readonly because: readonly Reason[];
  readonly fix: string;
  /** What to paste. Not there where the rule has a fix of its own. */
  readonly code?: string;
  /** The address of its page on the docs site. */
  readonly page: string;
}

const severities = ['high', 'medium', 'low'] as const;

/** The bugs that apply, each once, by its surest rule: sure ones first, and of these the severest. */
export function examine(
  facts: Facts,
  writeups: readonly Writeup[],
  lookUp: HistoryLookup,
): ExpectedBug[] {
  const found = writeups.flatMap((writeup) => {
    const applied = writeup.applies.flatMap(
      (rule) => applyRule(rule, writeup, facts, lookUp) ?? [],
    );
    const surest = applied.find(({ level }) => level === 'sure') ?? applied[0];
    return surest ? [{ writeup, ...surest }] : [];
  });
  return found
    .toSorted((a, b) => rankOf(a.level, a.writeup) - rankOf(b.level, b.writeup))
    .map(({ writeup, level, because, fix }) => ({
      bug: writeup.id,
      slug: writeup.slug,
      title: writeup.title,
      level,
      because,
      ...(fix === undefined ? { fix: writeup.fix.summary, code: writeup.fix.code } : { fix }),
      page: pagePath(writeup.slug),
    }));
}

function rankOf(level: Applied['level'], { severity }: Writeup): number {
  return (level === 'sure' ? 0 : severities.length) + severities.indexOf(severity);
}
