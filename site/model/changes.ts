import { isContrary, type TestedBug } from './bug.ts';
import { startOf } from './result.ts';
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

function starts(bug: TestedBug): string[] {
  return bug.claims
    .flatMap(({ results }) => results.flatMap((result) => startOf(result) ?? []))
    .toSorted();
}

function firstTested(bug: TestedBug, added: string | undefined): Change[] {
  const first = added ?? starts(bug)[0];
  const says = `new: ${bug.title}`;
  return first ? [{ date: dayOf(first), kind: 'new', bug, says }] : [];
}

function fixed(bug: TestedBug): Change[] {
  const marks = versionMarks(bug);
  const bad = marks.findLastIndex(({ status }) => status === 'fails');
  const good = marks.find(({ status }, index) => status === 'works' && index > bad);
  const last = starts(bug).at(-1);
  if (bug.status === 'live' || bad < 0 || !good || !last) return [];
  const says = `gone in ${engineNames[bug.engine]} ${good.version}, after ${marks[bad]?.version ?? ''}`;
  return [{ date: dayOf(bug.resolved ?? last), kind: 'fixed', bug, says }];
}

/** Runs that came out otherwise than the write-up says. */
function turned(bug: TestedBug): Change[] {
  const results = bug.claims.flatMap((claim) => claim.results.filter(isContrary));
  const last = results
    .flatMap((result) => startOf(result) ?? [])
    .toSorted()
    .at(-1);
  const says = `${count(results.length, 'run')} came out otherwise than the page says`;
  return last ? [{ date: dayOf(last), kind: 'turned', bug, says }] : [];
}

function outdated(bug: TestedBug): Change[] {
  const results = bug.claims.flatMap((claim) => claim.results.filter(({ stale }) => stale));
  const last = results
    .flatMap((result) => startOf(result) ?? [])
    .toSorted()
    .at(-1);
  const says = `${count(results.length, 'run')} became stale: what was tested has changed since`;
  return last ? [{ date: dayOf(last), kind: 'stale', bug, says }] : [];
}

function dayOf(iso: string): string {
  return iso.slice(0, 'YYYY-MM-DD'.length);
}
