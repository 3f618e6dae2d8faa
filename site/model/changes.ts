import { isContrary, type TestedBug } from './bug.ts';
import { startOf, type Result } from './result.ts';
import { versionMarks } from './version-bar.ts';
import { count, engineNames } from './words.ts';

/** Something of which a reader who was here before wants to know. */
export interface Change {
  /** `2026-11-25`, in UTC. */
  date: string;
  kind: 'new' | 'fixed' | 'turned' | 'stale';
  bug: TestedBug;
  says: string;
}

/**
 * What changed, the newest first: bugs that were put to the test for the first time, versions in which a
 * bug is gone, verdicts that turned, and evidence that has become stale. All of it is drawn from the
 * evidence and the write-ups as they stand; what evidence no longer holds has no entry.
 *
 * @param added when write-ups came to the repository, by slug; without it, when their evidence is of.
 */
export function changesOf(
  bugs: readonly TestedBug[],
  added: ReadonlyMap<string, string> = new Map(),
): Change[] {
  return bugs
    .flatMap((bug) => [
      ...firstTested(bug, added.get(bug.slug)),
      ...fixed(bug),
      ...turned(bug),
      ...outdated(bug),
    ])
    .toSorted((a, b) => b.date.localeCompare(a.date) || a.bug.id.localeCompare(b.bug.id));
}

/** When the runs began, the oldest first. */
function starts(results: readonly Result[]): string[] {
  return results.flatMap((result) => startOf(result) ?? []).toSorted();
}

function resultsOf({ claims }: TestedBug): Result[] {
  return claims.flatMap(({ results }) => results);
}

function firstTested(bug: TestedBug, added: string | undefined): Change[] {
  const first = added ?? starts(resultsOf(bug))[0];
  const says = `new: ${bug.title}`;
  return first ? [{ date: dayOf(first), kind: 'new', bug, says }] : [];
}

function fixed(bug: TestedBug): Change[] {
  const marks = versionMarks(bug);
  const bad = marks.findLastIndex(({ status }) => status === 'fails');
  const good = marks.find(({ status }, index) => status === 'works' && index > bad);
  const last = starts(resultsOf(bug)).at(-1);
  if (bug.status === 'live' || bad < 0 || !good || !last) return [];
  const says = `gone in ${engineNames[bug.engine]} ${good.version}, after ${marks[bad]?.version ?? ''}`;
  return [{ date: dayOf(bug.resolved ?? last), kind: 'fixed', bug, says }];
}

/** Runs that came out otherwise than the write-up says. */
function turned(bug: TestedBug): Change[] {
  return ofRuns(bug, 'turned', isContrary, 'came out otherwise than the page says');
}

function outdated(bug: TestedBug): Change[] {
  const says = 'became stale: what was tested has changed since';
  return ofRuns(bug, 'stale', ({ stale }) => stale !== undefined, says);
}

/** One change for all runs of a kind, on the day of the last. */
function ofRuns(
  bug: TestedBug,
  kind: Change['kind'],
  isOne: (result: Result) => boolean,
  says: string,
): Change[] {
  const results = resultsOf(bug).filter(isOne);
  const last = starts(results).at(-1);
  return last
    ? [{ date: dayOf(last), kind, bug, says: `${count(results.length, 'run')} ${says}` }]
    : [];
}

function dayOf(iso: string): string {
  return iso.slice(0, 'YYYY-MM-DD'.length);
}
