import { execaSync } from 'execa';

let dates: Map<string, string> | undefined;

/**
 * The day on which each write-up came to this repository, by slug; nothing where the history is not
 * there, as in a copy or a shallow clone.
 */
export function addedOn(): Map<string, string> {
  return (dates ??= readDates());
}

function readDates(): Map<string, string> {
  try {
    if (git('rev-parse', '--is-shallow-repository').trim() !== 'false') return new Map();
    const log = git('log', '--diff-filter=A', '--format=%cs', '--name-only', '--', 'bugs');
    return datesIn(log);
  } catch {
    return new Map();
  }
}

/** The newest commit comes first: of a write-up that was added twice, the first time counts. */
export function datesIn(log: string): Map<string, string> {
  const found = new Map<string, string>();
  let day = '';
  for (const line of log.split(/\r?\n/)) {
    if (/^\d{4}-\d\d-\d\d$/.test(line)) day = line;
    const slug = /(?:^|\/)bugs\/(\d+-[^/]+)\.mdx$/.exec(line)?.[1];
    if (slug !== undefined) found.set(slug, day);
  }
  return found;
}

function git(...args: string[]): string {
  return execaSync('git', args).stdout;
}
