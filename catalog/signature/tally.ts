import type { Signature, Writeup } from '../writeup/schema.ts';
import type { Hit, Sight } from './scanner.ts';

/** Words of a log that at least one signature knows, and what they may mean. */
export interface Sighting {
  /** Of one sight; of several bugs where the words alone do not tell. */
  readonly hits: readonly Hit[];
  /** The line of the text it was seen in first, from 1. */
  readonly line: number;
  /** What stands there, shortened. */
  readonly text: string;
}

/** Different sightings that are kept. There are fewer in any log that was not made to have more. */
const most = 2_000;
const longestText = 500;
const strength: readonly Sight[] = ['doubtful', 'alone', 'in context'];

/** Gathers hits. Holds no more than there are combinations of signatures, however many hits there are. */
export class Tally {
  readonly #sightings: Map<string, Sighting>;

  constructor(other?: Tally) {
    this.#sightings = new Map(other?.sightings().map((sighting) => [keyOf(sighting), sighting]));
  }

  add(hits: readonly Hit[], line: number, text: string): void {
    for (const together of overlapping(hits)) {
      const best = onePerBug(strongest(together));
      const sighting = { hits: best, line, text: shorten(text, best[0]?.span.start ?? 0) };
      const key = keyOf(sighting);
      if (!this.#sightings.has(key) && this.#sightings.size < most) {
        this.#sightings.set(key, sighting);
      }
    }
  }

  sightings(): Sighting[] {
    return [...this.#sightings.values()];
  }
}

function keyOf({ hits }: Sighting): string {
  return hits.map(({ writeup, signature, sight }) => [writeup.id, signature.id, sight]).join();
}

/** The message and what stands right before it; of a long line the rest says nothing. */
function shorten(text: string, start: number): string {
  const from = start + longestText / 2 < longestText ? 0 : start - longestText / 4;
  return text.slice(from, from + longestText).trim();
}

/** Groups hits on the same words: one cause must be behind them. */
function overlapping(hits: readonly Hit[]): Hit[][] {
  const sorted = [...hits].sort((a, b) => a.span.start - b.span.start);
  const groups: Hit[][] = [];
  let end = -1;
  for (const hit of sorted) {
    const last = hit.span.start < end ? groups.at(-1) : undefined;
    if (last) last.push(hit);
    else groups.push([hit]);
    end = Math.max(end, hit.span.end);
  }
  return groups;
}

/** A bug whose context was seen explains the words; others that print them are out of the question. */
function strongest(hits: readonly Hit[]): Hit[] {
  const best = Math.max(...hits.map(({ sight }) => strength.indexOf(sight)));
  return hits.filter(({ sight }) => strength.indexOf(sight) === best);
}

/** Of signatures of one bug that found the same words, the one that says most. */
function onePerBug(hits: readonly Hit[]): Hit[] {
  const byBug = new Map<Writeup, Hit>();
  for (const hit of hits) {
    const other = byBug.get(hit.writeup);
    if (!other || says(hit.signature) > says(other.signature)) byBug.set(hit.writeup, hit);
  }
  return [...byBug.values()];
}

function says({ template }: Signature): number {
  return template.length;
}
