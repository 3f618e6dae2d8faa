import type { Signature, Writeup } from '../writeup/schema.ts';
import type { Hit } from './scanner.ts';
import { score } from './score.ts';

/** A bug that a text shows. */
export interface Match {
  readonly writeup: Writeup;
  /** From 0 to 1; see {@link score}. */
  readonly score: number;
  /** The signature seen first. */
  readonly signature: Signature;
  /** The line of the text it was seen in, from 1. */
  readonly line: number;
}

interface Sighting {
  readonly line: number;
  readonly signatures: Set<Signature>;
}

/** Gathers hits by bug. Holds no more than there are signatures, however many hits there are. */
export class Tally {
  readonly #sightings = new Map<Writeup, Sighting>();

  add(hits: readonly Hit[], line: number): void {
    for (const { writeup, signature } of hits) {
      const sighting = this.#sightings.get(writeup);
      if (sighting) sighting.signatures.add(signature);
      else this.#sightings.set(writeup, { line, signatures: new Set([signature]) });
    }
  }

  /** The best match first; of equals, the one seen first. */
  matches(): Match[] {
    return [...this.#sightings]
      .map(([writeup, { line, signatures }]) => {
        const [signature, ...others] = signatures;
        if (!signature) throw new Error('A sighting has a signature');
        return { writeup, score: score([signature, ...others]), signature, line };
      })
      .sort((a, b) => b.score - a.score || a.line - b.line);
  }
}
