import type { HistoryLookup } from '../../catalog/diagnose/diagnosis.ts';
import type { VersionHistory } from '../../catalog/diagnose/version-status.ts';
import type { Writeup } from '../../catalog/writeup/schema.ts';

/** What the diagnosis reads of a write-up, as /diagnose.json has it: a small part of it. */
type Read = 'id' | 'slug' | 'title' | 'engine' | 'symptom' | 'fix' | 'signatures';

export interface KnownBug extends Pick<Writeup, Read> {
  /** Which versions fail and work, drawn from the evidence when the site was built. */
  readonly history: VersionHistory;
}

/** Takes from a write-up what the diagnosis reads of it. */
export function knownBug(writeup: Pick<Writeup, Read>, history: VersionHistory): KnownBug {
  const { id, slug, title, engine, symptom, fix, signatures } = writeup;
  return { id, slug, title, engine, symptom, fix, signatures, history };
}

/** What createLogReaders takes. */
export interface Knowledge {
  readonly writeups: readonly Writeup[];
  readonly lookUp: HistoryLookup;
}

/** Gives the diagnosis what it takes: write-ups, of which it does not read the rest. */
export function knowledgeOf(known: readonly KnownBug[]): Knowledge {
  const histories = new Map(known.map(({ id, history }) => [id, history]));
  return { writeups: known.map(asWriteup), lookUp: ({ id }) => histories.get(id) };
}

function asWriteup({ id, slug, title, engine, symptom, fix, signatures }: KnownBug): Writeup {
  return {
    ...{ id, slug, title, engine, symptom, fix, signatures },
    file: '',
    description: '',
    status: 'live',
    severity: 'low',
    reported: '',
    seen: [],
    claims: [],
    matrices: [],
    refuses: [],
    applies: [],
    sources: [],
  };
}
