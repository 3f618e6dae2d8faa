import type { Signature, Writeup } from '../writeup/schema.ts';
import type { Hit } from './scanner.ts';
import { score, sharedScore } from './score.ts';
import type { Sighting } from './tally.ts';

/** How sure it is that a text shows a bug. */
export const levels = ['sure', 'likely', 'perhaps'] as const;
export type Level = (typeof levels)[number];

/** What the versions that a text names say of a bug; see catalog/diagnose/version-status.ts. */
export type VersionHint = 'fails' | 'works' | 'unknown';

/** A bug that may be behind a message. */
export interface Candidate {
  readonly writeup: Writeup;
  readonly signature: Signature;
}

/** A bug that a text shows, or may show. */
export interface Match {
  readonly level: Level;
  /** Of `perhaps`: the first of the candidates. */
  readonly writeup: Writeup;
  /** From 0 to 1; see {@link score}. */
  readonly score: number;
  /** The signature seen first in its context, else the one seen first. */
  readonly signature: Signature;
  /** The line of the text it was seen in, from 1. */
  readonly line: number;
  /** What stands there, shortened. */
  readonly text: string;
  /** Why it is of this level, in one sentence. */
  readonly because: string;
  /** With `perhaps`, the bugs of which one may be it; else empty. */
  readonly candidates: readonly Candidate[];
}

/**
 * Concludes from what was seen.
 *
 * - `sure`: a message in its context; two different messages; or one message and a version in the
 *   text that is known to fail.
 * - `likely`: one message alone, which no other known program prints.
 * - `perhaps`: a message that several bugs print or whose context is not there. Its candidates are
 *   told apart by their `check`.
 *
 * Where the text names a version that is known to work and none that fails, a match is one level
 * lower. A bug that is sure or likely explains the doubtful messages that it prints, too.
 *
 * @returns best first: by level, by score, by line.
 */
export function conclude(
  sightings: readonly Sighting[],
  hint: (writeup: Writeup) => VersionHint = () => 'unknown',
): Match[] {
  const named = new Set(
    sightings.filter(isCertain).flatMap(({ hits }) => hits.map(({ writeup }) => writeup)),
  );
  const matches = [...named].map((writeup) =>
    nameBug(
      writeup,
      sightings.filter((sighting) => isCertain(sighting) && hitOf(sighting, writeup)),
      hint(writeup),
    ),
  );
  const doubtful = sightings.filter(({ hits }) => !hits.some(({ writeup }) => named.has(writeup)));
  return [...matches, ...withoutWider(doubtful).map(listCandidates)].sort(
    (a, b) =>
      levels.indexOf(a.level) - levels.indexOf(b.level) || b.score - a.score || a.line - b.line,
  );
}

/** Whether the words name one bug. */
function isCertain({ hits }: Sighting): boolean {
  return hits.length === 1 && hits[0]?.sight !== 'doubtful';
}

function hitOf({ hits }: Sighting, bug: Writeup): Hit | undefined {
  return hits.find(({ writeup }) => writeup === bug);
}

function nameBug(writeup: Writeup, sightings: readonly Sighting[], hint: VersionHint): Match {
  const seen = sightings.flatMap((sighting) => {
    const hit = hitOf(sighting, writeup);
    return hit ? [{ ...hit, line: sighting.line, text: sighting.text }] : [];
  });
  const bySignature = new Map<Signature, (typeof seen)[number]>();
  for (const hit of seen) {
    const other = bySignature.get(hit.signature);
    if (!other || (other.sight === 'alone' && hit.sight === 'in context')) {
      bySignature.set(hit.signature, other ? { ...hit, line: other.line, text: other.text } : hit);
    }
  }
  const messages = [...bySignature.values()].sort((a, b) => a.line - b.line);
  const first = messages.find(({ sight }) => sight === 'in context') ?? messages[0];
  if (!first) throw new Error('A bug is named by a message');
  const { level, because } = judge(messages, hint);
  const { signature, line, text } = first;
  const match = { writeup, signature, line, text, because };
  return level === 'perhaps'
    ? { ...match, level, score: sharedScore(1), candidates: [{ writeup, signature }] }
    : { ...match, level, score: score(messages.map(({ sight }) => sight)), candidates: [] };
}

function judge(
  messages: readonly (Hit & { readonly line: number })[],
  hint: VersionHint,
): { level: Level; because: string } {
  const inContext = messages.find(({ sight }) => sight === 'in context');
  const works = hint === 'works';
  const but = works ? ', but the version that the log names is known to work' : '';
  if (inContext) {
    const context = inContext.context?.template.replace(/\{[a-z][\w-]*\}/gi, '…') ?? '';
    const because = `its message stands close to “${context}”${but}`;
    return { level: works ? 'likely' : 'sure', because };
  }
  if (messages.length > 1) {
    const because = `${messages.length} different messages of it${but}`;
    return { level: works ? 'likely' : 'sure', because };
  }
  if (hint === 'fails') {
    return { level: 'sure', because: 'its message, and a version that is known to fail' };
  }
  return works
    ? { level: 'perhaps', because: `its message alone${but}` }
    : { level: 'likely', because: 'its message alone, which nothing else is known to print' };
}

function listCandidates({ hits, line, text }: Sighting): Match {
  const [first] = hits;
  if (!first) throw new Error('A sighting has a hit');
  const { writeup, signature } = first;
  return {
    level: 'perhaps',
    writeup,
    signature,
    line,
    text,
    score: sharedScore(hits.length),
    because:
      hits.length > 1
        ? `${hits.length} known bugs print this message`
        : 'other failures print this message, too',
    candidates: hits.map((hit) => ({ writeup: hit.writeup, signature: hit.signature })),
  };
}

/** Drops what another sighting, with some of the same bugs alone, narrows down. */
function withoutWider(sightings: readonly Sighting[]): Sighting[] {
  const sets = sightings.map(({ hits }) => new Set(hits.map(({ writeup }) => writeup)));
  return sightings.filter((_, index) => {
    const own = sets[index] ?? new Set();
    return !sets.some(
      (other, at) => at !== index && other.isSubsetOf(own) && (other.size < own.size || at < index),
    );
  });
}
